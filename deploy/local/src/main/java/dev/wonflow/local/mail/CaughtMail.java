package dev.wonflow.local.mail;

import jakarta.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mail as people read it.
 *
 * @param sentAt as its sender dated it, by the clock of the stack; none if it is not dated
 * @param text its plain text; of one that has none, the file has the rest
 */
public record CaughtMail(int number, @Nullable Instant sentAt, String from, String to, String subject, String text) {

    static CaughtMail of(int number, MimeMessage mail) throws IOException, MessagingException {
        Date sent = mail.getSentDate();
        String subject = mail.getSubject();
        return new CaughtMail(
                number,
                sent == null ? null : sent.toInstant(),
                addresses(mail.getFrom()),
                addresses(mail.getAllRecipients()),
                subject == null ? "" : subject,
                text(mail).replace("\r\n", "\n"));
    }

    private static String addresses(Address @Nullable [] addresses) {
        return addresses == null
                ? ""
                : Arrays.stream(addresses)
                        .map(address -> address instanceof InternetAddress internet
                                ? internet.toUnicodeString()
                                : address.toString())
                        .collect(Collectors.joining(", "));
    }

    private static String text(Part part) throws IOException, MessagingException {
        if (part.isMimeType("text/plain")) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart several) {
            for (int i = 0; i < several.getCount(); i++) {
                BodyPart one = several.getBodyPart(i);
                String text = text(one);
                if (!text.isEmpty()) {
                    return text;
                }
            }
        }
        return "";
    }
}
