package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.webhook.Webhooks;
import dev.wonflow.runtime.trace.Traceparent;
import java.util.List;
import java.util.Optional;

/**
 * A claimed status check.
 *
 * @param use what it was claimed for
 * @param cause trace in which it was required or hinted at last
 * @param tries questions in a row that were not answered
 * @param fruitless questions in a row that hints led to and that brought nothing new
 * @param hints webhooks counted when it was claimed; more may have come since
 * @param vouched those of them that showed Toss's secret or signature
 */
public record StatusCheck(
        PaymentId paymentId,
        Use use,
        Lease lease,
        Optional<Traceparent> cause,
        int tries,
        int fruitless,
        int hints,
        int vouched) {

    /** By what the queue knows whose it is. */
    public record Lease(long attempt, long revision) {}

    /** The same, for an answer to these webhooks only: of a slice, the rest goes on being counted. */
    StatusCheck answering(List<Webhooks.Pending> webhooks) {
        return webhooks.size() < Webhooks.SLICE
                ? this
                : new StatusCheck(
                        paymentId,
                        use,
                        lease,
                        cause,
                        tries,
                        fruitless,
                        Math.min(hints, webhooks.size()),
                        Math.min(vouched, webhooks.size()));
    }
}
