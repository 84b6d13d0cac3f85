package dev.wonflow.subscription.invoice;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InvoiceStatusTest {

    @Test
    void life_cycle_is_exactly_this_picture_and_printed_in_the_readme() throws IOException {
        String picture = Arrays.stream(InvoiceStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(picture).isEqualTo("""
            OPEN -> [PAID, VOID, UNCOLLECTIBLE]
            PAID -> []
            VOID -> []
            UNCOLLECTIBLE -> [PAID]
            """);
        assertThat(Files.readString(Path.of("README.md"))).contains(picture);
    }
}
