package dev.wonflow.local.mail;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where caught mails lie, each in a file as it came ({@code 17.eml}). They outlive the stack. */
public final class MailFolder {

    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,8})\\.eml");

    private final Path folder;

    public MailFolder(Path folder) {
        this.folder = folder;
    }

    /** Keeps a mail under the next number; the file is there when it is whole. */
    synchronized void keep(MimeMessage mail) throws IOException, MessagingException {
        Files.createDirectories(folder);
        Path unfinished = Files.createTempFile(folder, "mail-", ".unfinished");
        try (OutputStream file = Files.newOutputStream(unfinished)) {
            mail.writeTo(file);
        }
        List<Integer> numbers = numbers();
        int next = numbers.isEmpty() ? 1 : numbers.getLast() + 1;
        Files.move(unfinished, folder.resolve(next + ".eml"), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Numbers of all mails, the oldest first. */
    public List<Integer> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(name -> name.matches())
                    .map(name -> Integer.valueOf(name.group(1)))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        }
    }

    /**
     * Reads a mail.
     *
     * @throws NoSuchFileException if there is none of this number
     * @throws MessagingException if it is no mail
     */
    public CaughtMail read(int number) throws IOException, MessagingException {
        try (InputStream file = Files.newInputStream(folder.resolve(number + ".eml"))) {
            return CaughtMail.of(number, new MimeMessage(null, file));
        }
    }
}
