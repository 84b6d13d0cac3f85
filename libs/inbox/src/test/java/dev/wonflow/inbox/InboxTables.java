package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the tables of the inbox in the database of an application of these tests, as its migrations would. */
final class InboxTables {

    private InboxTables() {}

    static void create(JdbcClient jdbc) {
        try {
            for (String increment : List.of("0001__inbox.sql", "0002__inbox_sequence.sql")) {
                jdbc.sql(new ClassPathResource(increment, Inbox.class).getContentAsString(UTF_8))
                        .update();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
