package dev.wonflow.subscription.notice;

import dev.wonflow.work.WorkBackOff;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the mail that tells notices. The mail server is Spring Boot's: {@code spring.mail.host} and its
 * neighbours; without a host nothing is mailed.
 *
 * @param enabled whether notices are mailed; those that come while they are not are never mailed later
 * @param from the sender, such as {@code Acme <billing@acme.example>}; needed once there is a mail server
 * @param serviceName what the mails call the service that is paid for
 * @param billingPage where a tenant pays and changes its card, for the foot of the mails; none if not set
 * @param templates folder with {@code ko/} and {@code en/} and a file for each kind in both
 * @param atOnce mails one instance sends at the same time
 * @param firstDelay pause after the first failed attempt
 * @param maxDelay longest pause; it doubles from {@code firstDelay} to here, less up to half by chance
 * @param lease time after which another instance goes on with the mails of one that died
 * @param pollInterval longest pause until what another instance left behind is found
 * @param giveUpAfter how long after its notice a mail is tried that the server does not want for now; a server that
 *     cannot be reached is tried without end
 */
@ConfigurationProperties("wonflow.notice.mail")
public record NoticeMailProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String from,
        @DefaultValue("Wonflow") String serviceName,
        @Nullable URI billingPage,
        @DefaultValue("classpath:/notice/mail/") String templates,
        @DefaultValue("2") int atOnce,
        @DefaultValue("10s") Duration firstDelay,
        @DefaultValue("10m") Duration maxDelay,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("5s") Duration pollInterval,
        @DefaultValue("5d") Duration giveUpAfter) {

    public NoticeMailProperties {
        if (atOnce < 1 || atOnce > 100) {
            throw new IllegalArgumentException("wonflow.notice.mail.at-once: " + atOnce + " (expected: 1 to 100)");
        }
        if (!firstDelay.isPositive() || maxDelay.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("wonflow.notice.mail.first-delay and .max-delay: " + firstDelay + ", "
                    + maxDelay + " (expected: more than 0, and not less than the first)");
        }
        if (!lease.isPositive() || !pollInterval.isPositive() || !giveUpAfter.isPositive()) {
            throw new IllegalArgumentException("wonflow.notice.mail.lease, .poll-interval and .give-up-after: " + lease
                    + ", " + pollInterval + ", " + giveUpAfter + " (expected: more than 0)");
        }
        if (!templates.endsWith("/")) {
            throw new IllegalArgumentException(
                    "wonflow.notice.mail.templates: " + templates + " (expected: a folder, with / at its end)");
        }
    }

    public WorkBackOff backOff() {
        return new WorkBackOff(firstDelay, maxDelay);
    }
}
