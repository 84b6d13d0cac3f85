package dev.wonflow.payment.gateway.quota;

/**
 * How many calls a minute may have.
 *
 * @param calls of any kind; confirms are counted here and never held back
 * @param required questions about payments whose outcome we have to know
 * @param hinted questions that only webhooks ask for
 */
record Shares(double calls, double required, double hinted) {

    static Shares of(QuotaProperties properties, boolean livemode) {
        double calls = properties.perMinute(livemode);
        return new Shares(calls, calls * properties.requiredPercent() / 100, calls * properties.hintedPercent() / 100);
    }
}
