package dev.wonflow.testsupport.planted.transactions;

import org.springframework.data.repository.Repository;

/** A repository that Spring Data opens transactions for, as nobody has told it not to. */
interface Mugs extends Repository<AnnotatedMug, Long> {}
