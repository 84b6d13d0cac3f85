package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.mail.CaughtMail;
import dev.wonflow.local.mail.MailFolder;
import dev.wonflow.local.screen.Terminal;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/** Shows the mails that tenants would have got. */
@Command(
        name = "mails",
        description = {
            "Lists the mails that the stack has sent, or prints one.",
            "They were caught on this machine; nobody got them."
        },
        footer = {
            "",
            "A tenant is written to once it has told an address:",
            "  PUT /api/billing-contact of subscription-service",
            "",
            "Exit code: 0 if all went well, 1 if there is no such mail."
        },
        mixinStandardHelpOptions = true)
final class MailsCommand implements Callable<Integer> {

    private static final String ROW = "%4s  %-16s  %-30s  %s%n";
    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.of("Asia/Seoul"));

    private static final JsonMapper JSON = new JsonMapper();

    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "NUMBER", description = "the mail to print; without one, all are listed")
    private @Nullable Integer number;

    @Option(names = "--to", paramLabel = "ADDRESS", description = "only those to an address that contains this")
    private @Nullable String to;

    @Option(names = "--json", description = "as JSON, a line for each mail")
    private boolean json;

    MailsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        if (number != null && number < 1) {
            throw new NotUnderstood("NUMBER: " + number + " (expected: 1 or more, as ./wonflow mails lists them).");
        }
        MailFolder folder = new MailFolder(WonflowStack.mails(surroundings.settings()));
        List<CaughtMail> mails = number == null ? all(folder) : List.of(read(folder, number));
        Terminal terminal = surroundings.terminal();
        if (json) {
            mails.forEach(mail -> terminal.out().println(JSON.writeValueAsString(members(mail))));
        } else if (number != null) {
            print(terminal, mails.getFirst());
        } else {
            list(terminal, mails);
        }
        return 0;
    }

    private List<CaughtMail> all(MailFolder folder) throws IOException {
        List<CaughtMail> mails = new ArrayList<>();
        for (int one : folder.numbers()) {
            CaughtMail mail = read(folder, one);
            if (to == null || mail.to().contains(to)) {
                mails.add(mail);
            }
        }
        return mails;
    }

    private static CaughtMail read(MailFolder folder, int number) throws IOException {
        try {
            return folder.read(number);
        } catch (NoSuchFileException e) {
            throw new Trouble("There is no mail " + number + ".\nAll there are: ./wonflow mails", e);
        } catch (MessagingException e) {
            throw new Trouble("Mail " + number + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private static void list(Terminal terminal, List<CaughtMail> mails) {
        if (mails.isEmpty()) {
            terminal.out()
                    .println("No mails. A tenant gets them once it has said where to:"
                            + " PUT /api/billing-contact, see docs/billing-guide.md.");
            return;
        }
        terminal.out().printf(Locale.ROOT, ROW, "NO", "SENT (SEOUL)", "TO", "SUBJECT");
        for (CaughtMail mail : mails) {
            terminal.out().printf(Locale.ROOT, ROW, mail.number(), when(mail.sentAt()), mail.to(), mail.subject());
        }
    }

    private static void print(Terminal terminal, CaughtMail mail) {
        terminal.out().println("From:    " + mail.from());
        terminal.out().println("To:      " + mail.to());
        terminal.out().println("Sent:    " + when(mail.sentAt()));
        terminal.out().println("Subject: " + mail.subject());
        terminal.out().println();
        terminal.out().print(mail.text());
        terminal.out().flush();
    }

    private static String when(@Nullable Instant sentAt) {
        return sentAt == null ? "-" : WHEN.format(sentAt);
    }

    private static Map<String, Object> members(CaughtMail mail) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("number", mail.number());
        if (mail.sentAt() != null) {
            members.put("sentAt", mail.sentAt().toString());
        }
        members.put("from", mail.from());
        members.put("to", mail.to());
        members.put("subject", mail.subject());
        members.put("text", mail.text());
        return members;
    }
}
