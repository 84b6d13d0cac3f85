package dev.wonflow.payment.plan.messaging;

import dev.wonflow.inbox.Backlogs;
import dev.wonflow.payment.plan.CatalogueBacklog;
import org.springframework.stereotype.Component;

/** What the group has not read of {@code plan.catalogue}. */
@Component
class KafkaCatalogueBacklog implements CatalogueBacklog {

    private final Backlogs.Backlog backlog;

    KafkaCatalogueBacklog(Backlogs backlogs) {
        this.backlog = backlogs.of("plan.catalogue", CatalogueMessages.CONSUMER);
    }

    @Override
    public boolean mayHoldUnread() {
        return backlog.mayHoldUnread();
    }
}
