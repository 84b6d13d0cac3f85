package dev.wonflow.local.clock;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.clock.Reading.Time;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import dev.wonflow.local.http.JsonHttp.NoAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Moves one tenant forward, while all others stay: the sandbox's customer first, then payment-service, then
 * subscription-service, which remembers how far. Goes from one moment something of the tenant waits for to the next,
 * and on only when all of the tenant that goes on has come to its end, so that any number of periods happen in their
 * order.
 */
public final class TenantClock {

    private static final String SANDBOX = "toss-sandbox";
    private static final String PAYMENT = "payment-service";
    private static final String SUBSCRIPTION = "subscription-service";

    private static final Duration POLL = Duration.ofMillis(20);

    /** What the services and the sandbox allow. */
    private static final Duration FARTHEST = Duration.ofDays(3_660);

    /** A charge that Toss answers slowly takes a minute; longer than that nothing goes on. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String tenant;
    private final JsonHttp sandbox;
    private final JsonHttp payments;
    private final JsonHttp subscriptions;
    private final Customer customer;
    private String customerKey = "";

    /**
     * Creates it.
     *
     * @param sandbox root URL
     * @param payments root URL of payment-service's management port
     * @param subscriptions root URL of subscription-service's management port
     */
    public TenantClock(String tenant, String sandbox, String payments, String subscriptions, Customer customer) {
        this.tenant = tenant;
        this.sandbox = new JsonHttp(SANDBOX, sandbox, Map.of());
        this.payments = new JsonHttp(PAYMENT, payments, Map.of());
        this.subscriptions = new JsonHttp(SUBSCRIPTION, subscriptions, Map.of());
        this.customer = customer;
    }

    /** Tells what the tenant is called at Toss. */
    @FunctionalInterface
    public interface Customer {

        String key() throws InterruptedException;
    }

    /**
     * Something that is going to happen to the tenant, if nobody does anything and every charge is paid.
     *
     * @param what in words
     */
    public record Expected(Instant at, String what) {}

    /** What the tenant stops at a moment for. */
    public enum Stop {
        /** Something of it is due. */
        DUE,
        /** It is not known whether a charge was made, and Toss is asked again. */
        RETRY,
        /** It has come to where it was to go. */
        THERE
    }

    /** Who is told how it goes on. */
    public interface Watcher {

        /** The tenant is at another moment. */
        void at(Instant moment, Stop stop);
    }

    /** What a service says of the tenant. */
    private record Standing(Instant now, Duration ahead, long underWay, Optional<Instant> next) {

        boolean isBusy() {
            return underWay > 0 || next.filter(due -> !due.isAfter(now)).isPresent();
        }

        /** The time as people read it. */
        Instant toTheSecond() {
            return now.truncatedTo(ChronoUnit.SECONDS);
        }

        /**
         * How far ahead the tenant has to be for it to be {@code moment} now; in whole milliseconds, as the sandbox.
         */
        Duration aheadAt(Instant moment) {
            return ahead.plus(Duration.between(now, moment)).plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * What every part shows of the tenant, subscription-service first.
     *
     * @throws Trouble if subscription-service does not answer, or cannot move tenants
     */
    public List<Reading> read() throws InterruptedException {
        Standing leading = standing(subscriptions);
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(SUBSCRIPTION, new Time(leading.now(), leading.ahead())));
        for (Map.Entry<String, JsonHttp> follower : followers().entrySet()) {
            readings.add(reading(follower.getKey(), follower.getValue()));
        }
        return readings;
    }

    /** What will happen up to a moment, the first first. */
    public List<Expected> expected(Instant until) throws InterruptedException {
        Answer answer = subscriptions.get(path() + "?until=" + until);
        List<Expected> expected = new ArrayList<>();
        for (JsonNode one : answer.ok().path("expected")) {
            expected.add(new Expected(
                    Instant.parse(one.path("at").asString()), one.path("what").asString()));
        }
        return expected;
    }

    /** The tenant's time. */
    public Instant now() throws InterruptedException {
        return standing(subscriptions).now();
    }

    /**
     * Tells whether the tenant can be moved to a moment, and moves nothing.
     *
     * @throws Trouble if the moment has passed, is too far, or subscription-service does not answer
     */
    public void check(Instant moment) throws InterruptedException {
        check(moment, standing(subscriptions));
    }

    private void check(Instant moment, Standing at) {
        if (!moment.isAfter(at.now())) {
            throw new Trouble("It is " + at.toTheSecond() + " for " + tenant
                    + " already, and a tenant's time runs forward. " + "Name a moment after that.");
        }
        if (at.aheadAt(moment).compareTo(FARTHEST) > 0) {
            throw new Trouble("That is too far: " + tenant + " can be " + FARTHEST.toDays()
                    + " days ahead of all others at most, and is " + at.ahead().toDays() + " ahead already."
                    + "\nTo begin anew, take the other tenant, or stop the stack and delete its data.");
        }
    }

    /**
     * Moves the tenant to a moment to come. If it is cut short, the tenant is at the moment it had come to, and a later
     * call goes on from there.
     *
     * @throws Trouble as {@link #check}, or if a part does not answer, or something of the tenant does not end
     */
    public List<Reading> to(Instant moment, Watcher watcher) throws InterruptedException {
        Standing at = standing(subscriptions);
        check(moment, at);
        align();
        while (at.now().isBefore(moment) || at.isBusy()) {
            if (at.isBusy()) {
                at = settled(at, moment, watcher);
            } else {
                Instant next = at.next().filter(due -> due.isBefore(moment)).orElse(moment);
                at = move(next);
                watcher.at(at.now(), next.equals(moment) ? Stop.THERE : Stop.DUE);
            }
        }
        return read();
    }

    /** Brings all parts to where subscription-service has the tenant, for instance after one of them was restarted. */
    public void align() throws InterruptedException {
        moveFollowers(standing(subscriptions).ahead());
    }

    /** Waits until all that goes on has ended, and lets the tenant's time pass where that waits for it. */
    private Standing settled(Standing busy, Instant limit, Watcher watcher) throws InterruptedException {
        Standing at = busy;
        long since = System.nanoTime();
        while (at.isBusy()) {
            Standing charges = standing(payments);
            Instant now = at.now();
            Optional<Instant> retry =
                    charges.underWay() == 0 ? charges.next().filter(due -> due.isAfter(now)) : Optional.empty();
            if (at.underWay() > 0 && retry.isPresent()) {
                if (retry.get().isAfter(limit)) {
                    throw new Trouble("A charge of " + tenant + " is not known to be made, and asked about again at "
                            + retry.get() + ", after the moment to go to. Go on from there: ./wonflow clock advance"
                            + " --tenant " + tenant + " 1h");
                }
                at = move(retry.get());
                watcher.at(at.now(), Stop.RETRY);
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new Trouble("For " + PATIENCE.toSeconds() + " seconds " + at.underWay() + " of " + tenant
                        + "'s charges have not ended, or what is due was not done; its time stands at "
                        + at.toTheSecond()
                        + ".\nRenewals may be paused or halted (GET /api/renewals says so as an operator). Look at"
                        + " ./wonflow status, and at ./wonflow logs " + SUBSCRIPTION + " and " + PAYMENT
                        + "; then go on with ./wonflow clock advance --tenant " + tenant + ".");
            } else {
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
                at = standing(subscriptions);
            }
        }
        return at;
    }

    private Standing move(Instant moment) throws InterruptedException {
        Duration ahead = standing(subscriptions).aheadAt(moment);
        moveFollowers(ahead);
        return move(subscriptions, ahead);
    }

    private void moveFollowers(Duration ahead) throws InterruptedException {
        sandbox.post(customerClock(), Map.of("ahead", ahead.toString())).ok();
        move(payments, ahead);
    }

    private Standing move(JsonHttp service, Duration ahead) throws InterruptedException {
        return standing(service.post(path(), Map.of("ahead", ahead.toString())).ok());
    }

    private Map<String, JsonHttp> followers() {
        Map<String, JsonHttp> followers = new LinkedHashMap<>();
        followers.put(PAYMENT, payments);
        followers.put(SANDBOX, sandbox);
        return followers;
    }

    private Reading reading(String name, JsonHttp part) throws InterruptedException {
        try {
            Answer answer = part.get(name.equals(SANDBOX) ? customerClock() : path());
            return answer.status() == 200
                    ? Reading.of(name, time(answer.body()))
                    : Reading.none(name, "cannot move tenants (" + answer + ")");
        } catch (NoAnswer _) {
            return Reading.none(name, "does not run");
        }
    }

    private Standing standing(JsonHttp service) throws InterruptedException {
        Answer answer = service.get(path());
        if (answer.status() == 404) {
            throw new Trouble(
                    "A service at " + service.root() + " cannot move single tenants: it was started by an older"
                            + " build or by hand. Start it anew: ./wonflow down, then ./wonflow up.");
        }
        return standing(answer.ok());
    }

    private static Standing standing(JsonNode body) {
        Time time = time(body);
        String next = body.path("next").asString("");
        return new Standing(
                time.now(),
                time.ahead(),
                body.path("underWay").asLong(),
                next.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(next)));
    }

    private static Time time(JsonNode body) {
        return new Time(
                Instant.parse(body.path("now").asString()),
                Duration.parse(body.path("ahead").asString()));
    }

    private String path() {
        return "/actuator/tenantclock/" + encoded(tenant);
    }

    /** Asked for once: a tenant's name at Toss never changes. */
    private String customerClock() throws InterruptedException {
        if (customerKey.isEmpty()) {
            customerKey = customer.key();
        }
        return "/control/customers/" + encoded(customerKey) + "/clock";
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
