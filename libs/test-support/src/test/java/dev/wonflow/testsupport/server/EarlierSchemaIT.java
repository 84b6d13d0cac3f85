package dev.wonflow.testsupport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.Test;

class EarlierSchemaIT {

    private final TestDatabase database = TestServers.postgres().createDatabase("earlier");

    @Test
    void migration_that_forgets_the_rows_there_are_is_found() {
        new EarlierSchema("0001", "upgrade/mugs.sql").buildIn(database);

        assertThatThrownBy(this::upgrade).isInstanceOf(FlywayException.class).hasMessageContaining("colour");
    }

    @Test
    void same_migration_passes_where_nothing_is_lost_by_it() {
        new EarlierSchema("0001", "upgrade/no-mugs.sql").buildIn(database);

        assertThat(upgrade()).isEqualTo(1);
    }

    @Test
    void version_nobody_had_is_refused() {
        assertThatThrownBy(() -> new EarlierSchema("0009", "upgrade/mugs.sql").buildIn(database))
                .hasMessageContaining("9");
        assertThatThrownBy(() -> new EarlierSchema("0001.5", "upgrade/mugs.sql").buildIn(database))
                .hasMessageContaining("1.5");
    }

    private int upgrade() {
        return Flyway.configure().dataSource(database.dataSource()).load().migrate().migrationsExecuted;
    }
}
