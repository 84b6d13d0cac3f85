package dev.wonflow.local.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails sent to the catcher over SMTP, and read from its folder. */
class MailCatcherTest {

    private static final Instant SENT = Instant.parse("2026-03-15T00:00:00Z");

    @TempDir
    private Path folder;

    private MailFolder mails;
    private MailCatcher catcher;

    @BeforeEach
    void start() throws Exception {
        mails = new MailFolder(folder.resolve("mails"));
        catcher = MailCatcher.start(0, mails);
    }

    @AfterEach
    void stop() {
        catcher.stop();
    }

    @Test
    void mail_is_kept_before_its_sender_is_told_so() throws Exception {
        MimeMessage mail = mail("acme@example.com", "요금제 결제 영수증");
        mail.setText("결제 금액: 29,000원\n", "UTF-8");

        Transport.send(mail);

        assertThat(mails.numbers()).containsExactly(1);
        assertThat(mails.read(1))
                .isEqualTo(new CaughtMail(
                        1,
                        SENT,
                        "\"원플로\" <billing@wonflow.example>",
                        "acme@example.com",
                        "요금제 결제 영수증",
                        "결제 금액: 29,000원\n"));
    }

    @Test
    void mails_are_numbered_on_after_a_restart() throws Exception {
        send("acme@example.com");
        catcher.stop();
        catcher = MailCatcher.start(0, mails);
        send("globex@example.com");

        assertThat(mails.numbers()).containsExactly(1, 2);
        assertThat(mails.read(2).to()).isEqualTo("globex@example.com");
    }

    @Test
    void of_a_mail_with_several_parts_the_plain_text_is_read() throws Exception {
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText("plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setContent("<b>html</b>", "text/html");
        MimeMessage mail = mail("acme@example.com", "both");
        mail.setContent(new MimeMultipart("alternative", html, plain));

        Transport.send(mail);

        assertThat(mails.read(1).text()).isEqualTo("plain");
    }

    @Test
    void folder_that_is_not_there_has_no_mails_and_what_is_no_mail_is_passed_over() throws Exception {
        assertThat(mails.numbers()).isEmpty();
        assertThatThrownBy(() -> mails.read(1)).isInstanceOf(NoSuchFileException.class);

        send("acme@example.com");
        Files.writeString(folder.resolve("mails/notes.txt"), "mine", UTF_8);
        Files.writeString(folder.resolve("mails/0.eml"), "mine", UTF_8);

        assertThat(mails.numbers()).containsExactly(1);
    }

    private void send(String to) throws Exception {
        MimeMessage mail = mail(to, "subject");
        mail.setText("text");
        Transport.send(mail);
    }

    private MimeMessage mail(String to, String subject) throws Exception {
        Properties server = new Properties();
        server.put("mail.smtp.host", "127.0.0.1");
        server.put("mail.smtp.port", Integer.toString(catcher.port()));
        MimeMessage mail = new MimeMessage(Session.getInstance(server));
        mail.setFrom(new InternetAddress("billing@wonflow.example", "원플로", "UTF-8"));
        mail.setRecipient(MimeMessage.RecipientType.TO, new InternetAddress(to));
        mail.setSubject(subject, "UTF-8");
        mail.setSentDate(Date.from(SENT));
        return mail;
    }
}
