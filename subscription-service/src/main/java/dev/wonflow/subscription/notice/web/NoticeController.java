package dev.wonflow.subscription.notice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.subscription.notice.MailOutcome;
import dev.wonflow.subscription.notice.NoticeHistory;
import dev.wonflow.subscription.notice.NoticeId;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of what tenants were told. */
@RestController
class NoticeController {

    private final NoticeHistory history;

    NoticeController(NoticeHistory history) {
        this.history = history;
    }

    /** Lists what the tenant was told about its billing, newest first, whether it was mailed or not. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listNotices")
    @GetMapping("/api/notices")
    Page<NoticeView> page(PageRequest page, Caller caller) {
        Position after = page.after();
        List<NoticeHistory.Told> found = history.newestFirst(
                caller.tenant(),
                after == null ? null : new NoticeHistory.Place(after.at(), new NoticeId(after.id())),
                page.limitAndOne());
        return Page.of(
                page, found, told -> new Position(told.requestedAt(), told.id().value()), NoticeView::of);
    }

    /**
     * What a tenant was told once.
     *
     * @param noticeId also that of the event that tells it
     * @param kind such as {@code payment-failed}; others may come
     * @param subject what it is about, such as the id of an invoice; of a kind there is one notice about it
     * @param data what it says, by name: texts, moments ({@code …At}), and whole won
     * @param mail how it ended with its mail: a mail server took it, or refused it, or the tenant has no billing
     *     contact; not there: it has not ended, or notices are not mailed
     */
    record NoticeView(
            UUID noticeId,
            @Field(example = "payment-failed") String kind,
            String subject,
            Map<String, Object> data,
            Instant requestedAt,
            @Field(words = MailOutcome.class) @Nullable String mail) {

        static NoticeView of(NoticeHistory.Told told) {
            MailOutcome mail = told.mail();
            return new NoticeView(
                    told.id().value(),
                    told.kind(),
                    told.subject(),
                    told.facts(),
                    told.requestedAt(),
                    mail == null ? null : mail.name().toLowerCase(Locale.ROOT));
        }
    }
}
