package dev.wonflow.subscription.notice.mail;

import static dev.wonflow.subscription.notice.mail.ScriptedMailServer.END_OF_DATA;
import static dev.wonflow.subscription.notice.mail.ScriptedMailServer.HANGS_UP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.BillingContact;
import dev.wonflow.subscription.notice.EmailAddress;
import dev.wonflow.subscription.notice.Language;
import dev.wonflow.subscription.notice.Mailer;
import dev.wonflow.subscription.notice.NoticeId;
import dev.wonflow.subscription.notice.NoticeKind;
import dev.wonflow.subscription.notice.NoticeMailProperties;
import dev.wonflow.subscription.notice.ToldNotice;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpMailerTest {

    private static final BillingContact CONTACT =
            new BillingContact(new EmailAddress("billing@acme.example"), Language.KO);

    private static final ToldNotice NOTICE = new ToldNotice(
            new NoticeId(SequentialIds.id(1)),
            new TenantId("acme"),
            NoticeKind.CANCELED,
            Map.of("planName", "팀", "endsAt", "2026-04-15T00:00:00Z"),
            MutableClock.START);

    @ParameterizedTest
    @CsvSource({
        "RCPT, 550 5.1.1 no such mailbox",
        "RCPT, 553 5.1.3 bad address",
        "RCPT, 551 not local",
    })
    void address_the_server_does_not_have_is_refused_for_good(String command, String answer) throws IOException {
        assertThat(answer(command, answer))
                .isInstanceOfSatisfying(
                        Mailer.Answer.Refused.class,
                        refused -> assertThat(refused.reply()).contains(answer));
    }

    @ParameterizedTest
    @CsvSource({
        "RCPT, 450 4.2.1 try later",
        "RCPT, 452 4.2.2 mailbox full",
        "DATA, 451 4.3.0 try later",
        "DATA, 554 5.6.0 not like this",
    })
    void mail_the_server_does_not_want_for_now_may_be_sent_later(String command, String answer) throws IOException {
        assertThat(answer(command, answer)).isInstanceOf(Mailer.Answer.NotNow.class);
    }

    @ParameterizedTest
    @CsvSource({
        "EHLO, 421 4.3.2 shutting down",
        "MAIL, 530 5.7.0 authentication required",
        "MAIL, 550 5.7.1 sender not allowed",
        "RCPT, 550 5.7.1 relaying denied",
    })
    void what_would_befall_every_mail_is_said_of_none(String command, String answer) {
        assertThatThrownBy(() -> answer(command, answer)).isInstanceOf(MailException.class);
    }

    @Test
    void server_that_cannot_be_reached_is_said_of_no_mail() throws IOException {
        int nobody;
        try (ScriptedMailServer gone = new ScriptedMailServer("QUIT", "221 bye")) {
            nobody = gone.port();
        }

        assertThatThrownBy(() -> mailer(nobody, "billing@wonflow.example").send(NOTICE, CONTACT))
                .isInstanceOf(MailException.class);
    }

    @Test
    void lost_answer_is_not_known_and_the_repeat_can_be_told_by_its_message_id() throws IOException {
        try (ScriptedMailServer server = new ScriptedMailServer(END_OF_DATA, HANGS_UP)) {
            SmtpMailer mailer = mailer(server.port(), "billing@wonflow.example");
            assertThatThrownBy(() -> mailer.send(NOTICE, CONTACT)).isInstanceOf(MailException.class);
            assertThatThrownBy(() -> mailer.send(NOTICE, CONTACT)).isInstanceOf(MailException.class);

            assertThat(server.taken())
                    .hasSize(2)
                    .allSatisfy(mail -> assertThat(mail)
                            .containsOnlyOnce("Message-ID: <00000000-0000-7000-8000-000000000001@wonflow.example>")
                            .contains("Auto-Submitted: auto-generated", "To: billing@acme.example"));
        }
    }

    @Test
    void mail_server_needs_a_sender() {
        assertThatThrownBy(() -> mailer(25, null))
                .hasMessageContaining("wonflow.notice.mail.from: missing (expected: such as");
        assertThatThrownBy(() -> mailer(25, "nobody"))
                .hasMessageContaining("wonflow.notice.mail.from: nobody (expected: such as");
    }

    private static Mailer.Answer answer(String command, String answer) throws IOException {
        try (ScriptedMailServer server = new ScriptedMailServer(command, answer)) {
            return mailer(server.port(), "billing@wonflow.example").send(NOTICE, CONTACT);
        }
    }

    private static SmtpMailer mailer(int port, @Nullable String from) {
        JavaMailSenderImpl sender = new JavaMailSenderImpl();
        sender.setHost("127.0.0.1");
        sender.setPort(port);
        NoticeMailProperties properties = new NoticeMailProperties(
                true,
                from,
                "Wonflow",
                null,
                "classpath:/notice/mail/",
                1,
                Duration.ofSeconds(10),
                Duration.ofMinutes(10),
                Duration.ofMinutes(2),
                Duration.ofSeconds(5),
                Duration.ofDays(5));
        return new SmtpMailer(
                sender,
                properties,
                MailTemplates.read(new DefaultResourceLoader(), properties.templates()),
                new MutableClock());
    }
}
