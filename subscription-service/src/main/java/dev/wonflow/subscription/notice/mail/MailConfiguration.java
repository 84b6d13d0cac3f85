package dev.wonflow.subscription.notice.mail;

import dev.wonflow.subscription.notice.BillingContacts;
import dev.wonflow.subscription.notice.MailOutcome;
import dev.wonflow.subscription.notice.MailWork;
import dev.wonflow.subscription.notice.Mailer;
import dev.wonflow.subscription.notice.Mails;
import dev.wonflow.subscription.notice.NoticeMailProperties;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkQueue;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ResourceLoader;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.transaction.support.TransactionOperations;

/** Has notices mailed for as long as the service runs, where there is a mail server. */
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    WorkKind noticeMailKind() {
        return MailWork.KIND;
    }

    /** With a mail server, and not switched off. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("spring.mail.host")
    @ConditionalOnProperty(prefix = "wonflow.notice.mail", name = "enabled", matchIfMissing = true)
    static class Sending {

        /** Settled one by one: what was sent must not be sent again because of another. */
        private static final int ONE_BY_ONE = 1;

        /** Most conversations with a mail server are over by then. */
        private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

        @Bean
        Mailer mailer(JavaMailSender sender, NoticeMailProperties properties, ResourceLoader resources, Clock clock) {
            return new SmtpMailer(sender, properties, MailTemplates.read(resources, properties.templates()), clock);
        }

        @Bean
        WorkQueue<Optional<MailOutcome.WithReply>> noticeMailQueue(
                Mails mails,
                BillingContacts contacts,
                Mailer mailer,
                NoticeMailProperties properties,
                WorkTable work,
                TransactionOperations transaction,
                Clock clock,
                RandomGenerator random,
                MeterRegistry meters) {
            return new WorkQueue<>(
                    MailWork.KIND,
                    new MailWork(mails, contacts, mailer, properties.giveUpAfter(), clock, meters),
                    work,
                    transaction,
                    new WorkQueue.Settings(
                            properties.atOnce(),
                            ONE_BY_ONE,
                            properties.lease(),
                            properties.pollInterval(),
                            Duration.ZERO,
                            properties.backOff(),
                            STOP_PATIENCE),
                    clock,
                    random,
                    meters);
        }

        @Bean
        NoticeMailHealthIndicator noticeMailHealthIndicator(
                WorkQueue<Optional<MailOutcome.WithReply>> noticeMailQueue) {
            return new NoticeMailHealthIndicator(noticeMailQueue);
        }
    }
}
