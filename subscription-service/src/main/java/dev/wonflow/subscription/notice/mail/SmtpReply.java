package dev.wonflow.subscription.notice.mail;

import dev.wonflow.subscription.notice.Mailer;
import jakarta.mail.MessagingException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;

/**
 * Tells what a mail server refused. Only what it says of the address is about this mail alone; that it does not want
 * us, or cannot be reached, would befall every mail.
 */
final class SmtpReply {

    private static final int MAX_REPLY = 500;
    private static final int PERMANENT = 500;

    /** "5.7.x" (RFC 3463) is about policy: it does not relay for us, or does not trust us. */
    private static final Pattern POLICY = Pattern.compile("\\b5\\.7\\.\\d");

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}+");

    private SmtpReply() {}

    /** What the server said of this mail; empty if it said nothing, or nothing of this one. */
    static Optional<Mailer.Answer> about(MailException failure) {
        Deque<Exception> left = new ArrayDeque<>();
        if (failure instanceof MailSendException sending) {
            left.addAll(List.of(sending.getMessageExceptions()));
        }
        for (Exception next = left.poll(); next != null; next = left.poll()) {
            if (next instanceof SMTPAddressFailedException address) {
                return ofAddress(address.getReturnCode(), String.valueOf(address.getMessage()));
            }
            if (next instanceof MessagingException messaging && messaging.getNextException() != null) {
                left.add(messaging.getNextException());
            } else if (next instanceof SMTPSendFailedException data && isOfContent(data)) {
                return Optional.of(new Mailer.Answer.NotNow(cut(String.valueOf(data.getMessage()))));
            }
        }
        return Optional.empty();
    }

    private static Optional<Mailer.Answer> ofAddress(int code, String reply) {
        if (code >= PERMANENT && !POLICY.matcher(reply).find()) {
            return Optional.of(new Mailer.Answer.Refused(cut(reply)));
        }
        return code >= PERMANENT ? Optional.empty() : Optional.of(new Mailer.Answer.NotNow(cut(reply)));
    }

    private static boolean isOfContent(SMTPSendFailedException failure) {
        return failure.getCommand() != null
                && failure.getCommand().toUpperCase(Locale.ROOT).startsWith("DATA");
    }

    private static String cut(String reply) {
        String line = CONTROL.matcher(reply).replaceAll(" ").strip();
        return line.isEmpty() ? "no words" : line.substring(0, Math.min(line.length(), MAX_REPLY));
    }
}
