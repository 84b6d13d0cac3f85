package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.webhook.Webhooks;
import java.util.List;

/**
 * A claimed status check.
 *
 * @param tries questions of our own in a row that were not answered
 * @param fruitless questions in a row that hints led to and that brought nothing new
 * @param hints webhooks counted when it was claimed; more may have come since
 * @param vouched those of them that showed Toss's secret or signature
 */
public record StatusCheck(PaymentId paymentId, int tries, int fruitless, int hints, int vouched) {

    /** The same, for an answer to these webhooks only: of a slice, the rest goes on being counted. */
    StatusCheck answering(List<Webhooks.Pending> webhooks) {
        return webhooks.size() < Webhooks.SLICE
                ? this
                : new StatusCheck(
                        paymentId,
                        tries,
                        fruitless,
                        Math.min(hints, webhooks.size()),
                        Math.min(vouched, webhooks.size()));
    }
}
