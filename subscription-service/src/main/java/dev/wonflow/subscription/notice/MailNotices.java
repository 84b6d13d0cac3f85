package dev.wonflow.subscription.notice;

import java.time.Clock;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Takes notices for the mail. */
@Service
public class MailNotices {

    private final Mails mails;
    private final Optional<Mailer> mailer;
    private final Clock clock;

    MailNotices(Mails mails, Optional<Mailer> mailer, Clock clock) {
        this.mails = mails;
        this.mailer = mailer;
        this.clock = clock;
    }

    /** Whether notices are mailed at all. */
    public boolean isOn() {
        return mailer.isPresent();
    }

    /** Has a notice mailed. Runs in the transaction of the message that tells of it. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void take(ToldNotice notice) {
        mails.plan(notice, clock.instant());
    }
}
