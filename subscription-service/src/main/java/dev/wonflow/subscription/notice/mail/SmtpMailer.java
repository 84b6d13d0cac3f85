package dev.wonflow.subscription.notice.mail;

import dev.wonflow.subscription.notice.BillingContact;
import dev.wonflow.subscription.notice.Language;
import dev.wonflow.subscription.notice.Mailer;
import dev.wonflow.subscription.notice.NoticeMailProperties;
import dev.wonflow.subscription.notice.ToldNotice;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends notices as plain text, each in a conversation of its own. */
final class SmtpMailer implements Mailer {

    private final JavaMailSender sender;
    private final NoticeMailProperties properties;
    private final InternetAddress from;
    private final MailTemplates templates;
    private final Clock clock;

    SmtpMailer(JavaMailSender sender, NoticeMailProperties properties, MailTemplates templates, Clock clock) {
        this.sender = sender;
        this.properties = properties;
        this.from = from(properties.from());
        this.templates = templates;
        this.clock = clock;
    }

    private static InternetAddress from(@Nullable String from) {
        String expected = " (expected: such as Acme <billing@acme.example>, as spring.mail.host is set)";
        if (from == null) {
            throw new IllegalArgumentException("wonflow.notice.mail.from: missing" + expected);
        }
        try {
            InternetAddress address = new InternetAddress(from, true);
            return new InternetAddress(address.getAddress(), address.getPersonal(), StandardCharsets.UTF_8.name());
        } catch (AddressException | UnsupportedEncodingException e) {
            throw new IllegalArgumentException("wonflow.notice.mail.from: " + from + expected, e);
        }
    }

    @Override
    public Answer send(ToldNotice notice, BillingContact contact) {
        MimeMessage message = message(notice, contact);
        try {
            sender.send(message);
            return new Answer.Accepted();
        } catch (MailException e) {
            return SmtpReply.about(e).orElseThrow(() -> e);
        }
    }

    private MimeMessage message(ToldNotice notice, BillingContact contact) {
        Language language = contact.language();
        MailTemplates.Text text = templates.write(
                notice.kind(), language, name -> fact(notice, name).map(value -> Wording.of(name, value, language)));
        try {
            MimeMessage message = sender.createMimeMessage();
            MimeMessageHelper mail = new MimeMessageHelper(message, false, StandardCharsets.UTF_8.name());
            mail.setFrom(from);
            mail.setTo(contact.email().value());
            mail.setSubject(text.subject());
            mail.setText(text.body());
            mail.setSentDate(Date.from(clock.instant()));
            message.setHeader("Content-Language", language.code());
            // Told by a program, so no holiday program answers (RFC 3834).
            message.setHeader("Auto-Submitted", "auto-generated");
            // The same whenever it is sent again, so that a mailbox may know it.
            message.setHeader("Message-ID", "<" + notice.id() + "@" + domain() + ">");
            return message;
        } catch (MessagingException e) {
            throw new IllegalStateException("mail of notice " + notice.id() + ": not written", e);
        }
    }

    private Optional<Object> fact(ToldNotice notice, String name) {
        return Optional.ofNullable(
                switch (name) {
                    case MailTemplates.SERVICE_NAME -> properties.serviceName();
                    case MailTemplates.BILLING_PAGE -> properties.billingPage();
                    default -> notice.facts().get(name);
                });
    }

    private String domain() {
        String address = Objects.requireNonNull(from.getAddress());
        return address.substring(address.indexOf('@') + 1);
    }
}
