package dev.wonflow.testsupport.planted.clean.jdbc;

import dev.wonflow.testsupport.planted.clean.Mug;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;
import org.springframework.data.repository.Repository;

/** A repository that leaves transactions to its callers. */
interface KeptMugs extends Repository<Mug, Long> {

    @Configuration(proxyBeanMethods = false)
    @EnableJdbcRepositories(enableDefaultTransactions = false)
    class Settings {}
}
