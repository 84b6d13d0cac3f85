package dev.wonflow.sandbox.trigger;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payout.MovePayouts;
import dev.wonflow.sandbox.payout.MoveSellers;
import dev.wonflow.sandbox.payout.Payout;
import dev.wonflow.sandbox.payout.PayoutStatus;
import dev.wonflow.sandbox.payout.RegisterSellers;
import dev.wonflow.sandbox.payout.RequestPayouts;
import dev.wonflow.sandbox.payout.Seller;
import dev.wonflow.sandbox.payout.SellerStatus;
import java.util.List;
import org.springframework.stereotype.Component;

/** Makes things happen to a new seller, and to a payout to it. */
@Component
class PullPayoutTrigger {

    private static final Seller.Individual PERSON = new Seller.Individual("이데모", "demo@example.com", "01000000000");
    private static final Seller.Account ACCOUNT = new Seller.Account("092", "1000000000001", PERSON.name());

    private final RegisterSellers registerSellers;
    private final MoveSellers moveSellers;
    private final RequestPayouts requestPayouts;
    private final MovePayouts movePayouts;
    private final IdSource ids;

    PullPayoutTrigger(
            RegisterSellers registerSellers,
            MoveSellers moveSellers,
            RequestPayouts requestPayouts,
            MovePayouts movePayouts,
            IdSource ids) {
        this.registerSellers = registerSellers;
        this.moveSellers = moveSellers;
        this.requestPayouts = requestPayouts;
        this.movePayouts = movePayouts;
        this.ids = ids;
    }

    Outcome sellerChanged(Steps steps, Wish wish) {
        Seller seller = approved(steps, wish);
        return steps.end("Seller " + seller.id() + " is " + seller.status() + ".", seller.id());
    }

    Outcome payoutChanged(Steps steps, Wish wish) {
        Seller seller = approved(steps, wish);
        RequestPayouts.Request request = new RequestPayouts.Request(
                reference("p-"), seller.id(), Payout.ScheduleType.EXPRESS, null, wish.amountMinor(), "정산", null);
        Payout payout = steps.take(
                "the shop asks for a payout",
                () -> requestPayouts
                        .request(wish.keys().merchant(), List.of(request))
                        .getFirst(),
                asked -> asked.status().name());
        for (PayoutStatus next : List.of(PayoutStatus.IN_PROGRESS, PayoutStatus.COMPLETED)) {
            Payout before = payout;
            payout = steps.take(
                    "the bank says " + next,
                    () -> movePayouts
                            .move(before.id(), next, TossError.NOT_AVAILABLE_BANK)
                            .orElse(before),
                    moved -> moved.status().name());
        }
        return steps.end(
                "Payout " + payout.id() + " over " + payout.amountWon() + " won is " + payout.status() + ".",
                payout.id());
    }

    private Seller approved(Steps steps, Wish wish) {
        Seller seller = steps.take(
                "the shop registers a seller",
                () -> registerSellers.register(
                        wish.keys().merchant(),
                        reference("s-"),
                        Seller.BusinessType.INDIVIDUAL,
                        new RegisterSellers.Details(null, PERSON, ACCOUNT, null)),
                registered -> registered.status().name());
        return steps.take(
                "Toss approves the seller",
                () -> moveSellers
                        .move(seller.id(), SellerStatus.PARTIALLY_APPROVED)
                        .orElse(seller),
                moved -> moved.status().name());
    }

    /** At most 20 characters, the random ones of an id. */
    private String reference(String kind) {
        return kind + ids.next().toString().substring(18).replace("-", "");
    }
}
