package dev.wonflow.payment.gateway;

import org.jspecify.annotations.Nullable;

/** Everything the exchange for a billing key can end in. */
public sealed interface IssueOutcome {

    /**
     * Toss has issued a key.
     *
     * @param customerKey whose it is, as Toss says
     */
    record Issued(BillingKey key, String customerKey, Face face) implements IssueOutcome {}

    /** Certain: this authKey gives no billing key. The buyer may open another window. */
    record Declined(Failure failure) implements IssueOutcome {}

    /** No usable answer. The same request may be sent again, and what was issued and lost charges nobody. */
    record Unknown(String cause) implements IssueOutcome {}

    /** We asked wrongly: key or contract. Someone must act. */
    record OurFault(String code) implements IssueOutcome {}

    /**
     * What may be shown of a card or an account.
     *
     * @param method as Toss names it, in Korean
     * @param issuer two characters of the card company, or the name of the bank
     * @param number masked
     * @param kind such as credit or debit, in Toss's words
     */
    record Face(
            String method,
            @Nullable String issuer,
            @Nullable String number,
            @Nullable String kind) {}
}
