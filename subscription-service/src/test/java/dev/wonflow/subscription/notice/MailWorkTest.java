package dev.wonflow.subscription.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MailWorkTest {

    private static final Duration GIVE_UP_AFTER = Duration.ofDays(5);
    private static final ToldNotice NOTICE = new ToldNotice(
            new NoticeId(SequentialIds.id(1)),
            new TenantId("acme"),
            NoticeKind.CANCELED,
            Map.of("planName", "팀"),
            MutableClock.START);

    private final MutableClock clock = new MutableClock();
    private final WaitingMails mails = new WaitingMails();
    private final Contacts contacts = new Contacts();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Mailer.Answer answer = new Mailer.Answer.Accepted();

    @Test
    void mail_the_server_took_is_sent() {
        workOff();

        assertThat(mails.ended).containsExactly(MailOutcome.SENT.withoutReply());
        assertThat(meters.counter("wonflow.notice.mails", "outcome", "sent").count())
                .isEqualTo(1);
    }

    @Test
    void mail_that_has_ended_is_not_sent_again() {
        workOff();
        answer = new Mailer.Answer.Refused("never asked");

        workOff();

        assertThat(mails.ended).containsExactly(MailOutcome.SENT.withoutReply());
    }

    @Test
    void tenant_without_contact_is_written_to_by_nobody() {
        contacts.contact = null;

        workOff();

        assertThat(mails.ended).containsExactly(MailOutcome.NO_ADDRESS.withoutReply());
    }

    @Test
    void refused_address_ends_the_mail_with_what_the_server_said() {
        answer = new Mailer.Answer.Refused("550 5.1.1 no such mailbox");

        workOff();

        assertThat(mails.ended)
                .containsExactly(new MailOutcome.WithReply(MailOutcome.REFUSED, "550 5.1.1 no such mailbox"));
    }

    @Test
    void mail_that_is_not_wanted_for_now_is_tried_for_days_and_then_given_up() {
        answer = new Mailer.Answer.NotNow("452 4.2.2 mailbox full");
        clock.advance(GIVE_UP_AFTER.minusSeconds(1));

        assertThatThrownBy(this::workOff).hasMessageContaining("452 4.2.2 mailbox full");
        assertThat(mails.ended).isEmpty();

        clock.advance(Duration.ofSeconds(1));
        workOff();
        assertThat(mails.ended)
                .containsExactly(new MailOutcome.WithReply(MailOutcome.REFUSED, "452 4.2.2 mailbox full"));
    }

    private void workOff() {
        MailWork work = new MailWork(mails, contacts, (_, _) -> answer, GIVE_UP_AFTER, clock, meters);
        Claim claim = new Claim(
                MailWork.KIND, NOTICE.id().toString(), null, 0, clock.instant(), null, Optional.empty(), 1, 0, 0);
        work.settle(List.of(new WorkHandler.Done<>(claim, work.work(claim))));
    }

    private static final class WaitingMails implements Mails {

        private final Map<NoticeId, ToldNotice> waiting = new HashMap<>(Map.of(NOTICE.id(), NOTICE));
        private final List<MailOutcome.WithReply> ended = new ArrayList<>();

        @Override
        public void plan(ToldNotice notice, Instant due) {
            waiting.put(notice.id(), notice);
        }

        @Override
        public Optional<ToldNotice> waiting(NoticeId id) {
            return Optional.ofNullable(waiting.get(id));
        }

        @Override
        public void end(NoticeId id, MailOutcome.WithReply outcome, Instant now) {
            waiting.remove(id);
            ended.add(outcome);
        }
    }

    private static final class Contacts implements BillingContacts {

        private @Nullable BillingContact contact =
                new BillingContact(new EmailAddress("billing@acme.example"), Language.KO);

        @Override
        public Optional<BillingContact> find(TenantId tenant) {
            return Optional.ofNullable(contact);
        }

        @Override
        public Optional<BillingContact> put(TenantId tenant, BillingContact changed, Instant now) {
            Optional<BillingContact> before = find(tenant);
            contact = changed;
            return before;
        }
    }
}
