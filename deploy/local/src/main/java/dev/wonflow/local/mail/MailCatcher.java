package dev.wonflow.local.mail;

import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A mail server that keeps what it is given in a folder and sends nothing on. The program of its process. */
public final class MailCatcher {

    /** Whom all mails go to, whatever address they have. */
    private static final String EVERYBODY = "everybody";

    private final GreenMail server;

    private MailCatcher(GreenMail server) {
        this.server = server;
    }

    /**
     * Serves until the process is told to stop.
     *
     * @param args port, folder
     */
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            throw new IllegalArgumentException("arguments: " + List.of(args) + " (expected: port, folder)");
        }
        MailCatcher catcher = start(Integer.parseInt(args[0]), new MailFolder(Path.of(args[1])));
        Runtime.getRuntime().addShutdownHook(new Thread(catcher::stop, "stop"));
        new CountDownLatch(1).await();
    }

    /**
     * Begins to listen on the loopback address.
     *
     * @param port 0: any that is free
     */
    static MailCatcher start(int port, MailFolder folder) throws UserException {
        GreenMail server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        GreenMailUser everybody = server.getUserManager().createUser(EVERYBODY, EVERYBODY, EVERYBODY);
        server.getUserManager().setMessageDeliveryHandler((mail, _) -> {
            try {
                folder.keep(mail.getMessage());
            } catch (IOException e) {
                throw new MessagingException("mail not kept", e);
            }
            return everybody;
        });
        server.start();
        return new MailCatcher(server);
    }

    int port() {
        return server.getSmtp().getPort();
    }

    void stop() {
        server.stop();
    }
}
