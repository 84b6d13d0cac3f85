package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.payout.Payout.ScheduleType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes requests to pay sellers, and finds what became of them. */
@Component
public class RequestPayouts {

    private static final int MOST_AT_ONCE = 100;
    private static final int LONGEST_REFERENCE = 50;
    /** What a bank prints into the seller's book. */
    private static final int LONGEST_DESCRIPTION = 7;

    private static final long LIMIT_OF_ONE_WON = 1_000_000_000;

    /** From this amount in a week on a seller has to be examined. */
    private static final long LIMIT_OF_A_WEEK_WON = 10_000_000;

    private static final Duration WEEK = Duration.ofDays(7);

    /** When the payouts of a day begin. */
    private static final LocalTime OPENING = LocalTime.of(8, 0);

    private final Payouts payouts;
    private final Sellers sellers;
    private final Balances balances;
    private final MovePayouts movePayouts;
    private final MoveSellers moveSellers;
    private final BusinessDays businessDays;
    private final PayoutMint mint;
    private final PayoutSettings settings;
    private final Clock clock;

    RequestPayouts(
            Payouts payouts,
            Sellers sellers,
            Balances balances,
            MovePayouts movePayouts,
            MoveSellers moveSellers,
            BusinessDays businessDays,
            PayoutMint mint,
            PayoutSettings settings,
            Clock clock) {
        this.payouts = payouts;
        this.sellers = sellers;
        this.balances = balances;
        this.movePayouts = movePayouts;
        this.moveSellers = moveSellers;
        this.businessDays = businessDays;
        this.mint = mint;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * One payout a merchant asks for.
     *
     * @param destination id of the seller
     * @param payoutDate the day of a scheduled one
     */
    public record Request(
            String refPayoutId,
            String destination,
            ScheduleType scheduleType,
            @Nullable LocalDate payoutDate,
            long amountWon,
            String transactionDescription,
            @Nullable Map<String, String> metadata) {}

    /**
     * Takes on all of the payouts, or none of them. The money of those due at once is taken from the balance, that of
     * the others on their day.
     *
     * @throws Refused if Toss would refuse one of them
     */
    public synchronized List<Payout> request(Merchant merchant, List<Request> requests) {
        require(!requests.isEmpty() && requests.size() <= MOST_AT_ONCE);
        Instant now = clock.instant();
        LocalDate today = SandboxClock.dayOf(now);
        Set<String> references = new HashSet<>();
        for (Request request : requests) {
            check(request, today);
            if (!references.add(request.refPayoutId()) || payouts.isTaken(merchant.mId(), request.refPayoutId())) {
                throw new Refused(TossError.DUPLICATED_REQUEST);
            }
        }
        checkSellers(merchant, requests, now);
        long atOnceWon = requests.stream()
                .filter(request -> request.scheduleType() == ScheduleType.EXPRESS)
                .mapToLong(Request::amountWon)
                .sum();
        // Where nothing is due at once, a balance below zero is of no matter yet.
        if (atOnceWon > 0 && !balances.take(merchant.mId(), atOnceWon)) {
            throw new Refused(TossError.NOT_ENOUGH_AMOUNT);
        }
        List<Payout> requested = requests.stream()
                .map(request -> payout(merchant, request, now, today))
                .toList();
        requested.forEach(payouts::add);
        requested.forEach(movePayouts::watch);
        return requested;
    }

    private void check(Request request, LocalDate today) {
        require(!request.refPayoutId().isBlank() && request.refPayoutId().length() <= LONGEST_REFERENCE);
        require(!request.transactionDescription().isBlank()
                && request.transactionDescription().length() <= LONGEST_DESCRIPTION);
        if (request.amountWon() <= 0) {
            throw new Refused(TossError.BELOW_ZERO_AMOUNT);
        }
        if (request.amountWon() >= LIMIT_OF_ONE_WON) {
            throw new Refused(TossError.EXCEED_MAX_AMOUNT);
        }
        if (request.metadata() != null) {
            Metadata.check(request.metadata());
        }
        if (request.scheduleType() == ScheduleType.SCHEDULED) {
            LocalDate date = request.payoutDate();
            require(date != null);
            if (date != null
                    && (!date.isAfter(today) || date.isAfter(today.plusYears(1)) || !businessDays.includes(date))) {
                throw new Refused(TossError.INVALID_DATE);
            }
        }
    }

    private void checkSellers(Merchant merchant, List<Request> requests, Instant now) {
        Map<String, Long> wonBySeller = new LinkedHashMap<>();
        requests.forEach(request -> wonBySeller.merge(request.destination(), request.amountWon(), Math::addExact));
        wonBySeller.forEach((id, won) -> {
            Seller seller = sellers.find(id)
                    .filter(found -> found.mId().equals(merchant.mId()) && !found.deleted())
                    .orElseThrow(() -> new Refused(TossError.NOT_FOUND));
            if (!seller.status().canBePaid()) {
                throw notPayable(id, requests);
            }
            if (seller.status() == SellerStatus.PARTIALLY_APPROVED
                    && payouts.askedForSince(now.minus(WEEK), id) + won >= LIMIT_OF_A_WEEK_WON) {
                moveSellers.demandExamination(id);
                throw notPayable(id, requests);
            }
        });
    }

    /** Toss names the first payout it stumbled over. */
    private static Refused notPayable(String seller, List<Request> requests) {
        String about = requests.stream()
                .filter(request -> request.destination().equals(seller))
                .findFirst()
                .map(request -> " (refPayoutId: " + request.refPayoutId() + ")")
                .orElse("");
        TossError error = TossError.FORBIDDEN_SELLER_PAYOUT;
        return Refused.inOtherWords(error, error.message(Locale.KOREAN) + about, error.message(Locale.ENGLISH) + about);
    }

    private Payout payout(Merchant merchant, Request request, Instant now, LocalDate today) {
        LocalDate scheduled = request.scheduleType() == ScheduleType.SCHEDULED ? request.payoutDate() : null;
        Instant due = scheduled == null
                ? now
                : scheduled.atTime(OPENING).atZone(SandboxClock.SEOUL).toInstant();
        return new Payout(
                mint.payoutId(),
                merchant.mId(),
                request.refPayoutId(),
                request.destination(),
                request.scheduleType(),
                scheduled == null ? today : scheduled,
                request.amountWon(),
                request.transactionDescription(),
                request.metadata(),
                now,
                PayoutStatus.REQUESTED,
                settings.startAfter().isZero() ? null : due.plus(settings.startAfter()),
                scheduled == null,
                null);
    }

    /**
     * Finds a payout.
     *
     * @throws Refused if the merchant has none under this id
     */
    public Payout find(Merchant merchant, String id) {
        return payouts.find(id)
                .filter(payout -> payout.mId().equals(merchant.mId()))
                .orElseThrow(() -> new Refused(TossError.PAYOUT_NOT_FOUND));
    }

    /** The payouts of a merchant, in the order they were asked for. */
    public List<Payout> all(Merchant merchant) {
        return payouts.of(merchant.mId());
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }
}
