package dev.wonflow.subscription.notice;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has tenants told something, once for each kind and subject. The notice is written and published in the transaction of
 * what it tells, so nobody is told what has not happened.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class RequestNotice {

    private final Notices notices;
    private final NoticeEvents events;
    private final IdSource ids;
    private final TenantClocks clocks;

    RequestNotice(Notices notices, NoticeEvents events, IdSource ids, TenantClocks clocks) {
        this.notices = notices;
        this.events = events;
        this.ids = ids;
        this.clocks = clocks;
    }

    /** Tells it, unless that kind was told about that subject before. */
    public void once(String subject, TenantId tenant, NoticeData data) {
        onceEach(List.of(new Notice(subject, tenant, data)));
    }

    /** The same for many, with one statement for all of them. */
    public void onceEach(List<Notice> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        notices.add(wanted.stream()
                        .map(notice -> new RequestedNotice(new NoticeId(ids.next()), notice, now(notice.tenant())))
                        .toList())
                .forEach(events::requested);
    }

    private Instant now(TenantId tenant) {
        return clocks.now(tenant).truncatedTo(ChronoUnit.MICROS);
    }
}
