package dev.wonflow.local.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.local.screen.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./wonflow mails} shows of the files that the mail catcher left. */
class MailsCommandTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @BeforeEach
    void pretendToBeTheRepository() throws IOException {
        Files.createDirectories(folder.resolve("deploy/local"));
        Files.createFile(folder.resolve("deploy/local/pom.xml"));
    }

    @Test
    void mails_are_listed_in_the_order_they_came_in() throws IOException {
        caught(2, "acme@example.com", "Second");
        caught(10, "globex@example.com", "Tenth");

        assertThat(run("mails")).isZero();
        assertThat(output()).isEqualTo("""
              NO  SENT (SEOUL)      TO                              SUBJECT
               2  2026-03-15 09:00  acme@example.com                Second
              10  2026-03-15 09:00  globex@example.com              Tenth
            """);
    }

    @Test
    void those_to_one_address_are_picked() throws IOException {
        caught(1, "acme@example.com", "First");
        caught(2, "globex@example.com", "Second");

        assertThat(run("mails", "--to", "globex")).isZero();
        assertThat(output()).contains("Second").doesNotContain("First");
    }

    @Test
    void one_is_printed_with_its_text() throws IOException {
        caught(1, "acme@example.com", "=?UTF-8?B?7JiB7IiY7Kad?=");

        assertThat(run("mails", "1")).isZero();
        assertThat(output()).isEqualTo("""
            From:    billing@wonflow.example
            To:      acme@example.com
            Sent:    2026-03-15 09:00
            Subject: 영수증

            결제 금액: 29,000원
            """);
    }

    @Test
    void json_has_a_line_for_each() throws IOException {
        caught(1, "acme@example.com", "First");

        assertThat(run("mails", "--json")).isZero();
        assertThat(output()).isEqualTo("""
            {"number":1,"sentAt":"2026-03-15T00:00:00Z","from":"billing@wonflow.example","to":"acme@example.com",\
            "subject":"First","text":"결제 금액: 29,000원\\n"}
            """);
    }

    @Test
    void no_mail_is_said_so_and_an_unknown_one_is_an_error() {
        assertThat(run("mails")).isZero();
        assertThat(output()).startsWith("No mails.").contains("PUT /api/billing-contact");

        assertThat(run("mails", "7")).isEqualTo(1);
        assertThat(errors()).contains("There is no mail 7.", "./wonflow mails");
        assertThat(run("mails", "0")).isEqualTo(2);
        assertThat(run("mails", "last")).isEqualTo(2);
    }

    private void caught(int number, String to, String subject) throws IOException {
        Path mails = Files.createDirectories(folder.resolve(".wonflow/data/mails"));
        Files.writeString(
                mails.resolve(number + ".eml"), """
            From: billing@wonflow.example
            To: %s
            Subject: %s
            Date: Sun, 15 Mar 2026 09:00:00 +0900
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 8bit

            결제 금액: 29,000원
            """.formatted(to, subject).replace("\n", "\r\n"), UTF_8);
    }

    private int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                folder,
                Map.of(),
                Instant.EPOCH,
                () -> new UUID(1, 2),
                new Random(1),
                Terminal.plain(new PrintStream(output, true, UTF_8)),
                Optional.of(folder.resolve("handover")));
        return Wonflow.execute(surroundings, new PrintStream(errors, true, UTF_8), arguments);
    }

    private String output() {
        return output.toString(UTF_8);
    }

    private String errors() {
        return errors.toString(UTF_8);
    }
}
