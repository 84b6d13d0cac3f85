package dev.wonflow.subscription.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** What is on sale now: the newest word about each plan that was not withdrawn. */
@Component
public class Plans {

    private final PlanVersions versions;

    public Plans(PlanVersions versions) {
        this.versions = versions;
    }

    /**
     * A plan as it is on sale.
     *
     * @param version of the plan
     */
    public record Offer(Plan plan, long version) {}

    /** All of them, product by product, the cheapest first. */
    public List<Offer> all() {
        return versions.newest().stream()
                .flatMap(word -> offer(word).stream())
                .sorted(Comparator.comparing((Offer offer) -> offer.plan().product())
                        .thenComparing(offer -> offer.plan().price())
                        .thenComparing(offer -> offer.plan().id()))
                .toList();
    }

    /** Their ids, in order. */
    public Set<String> ids() {
        Set<String> ids = new TreeSet<>();
        all().forEach(offer -> ids.add(offer.plan().id()));
        return ids;
    }

    public Optional<Offer> find(String id) {
        return versions.newest(id).flatMap(Plans::offer);
    }

    private static Optional<Offer> offer(PlanVersion word) {
        return Optional.ofNullable(word.offer()).map(plan -> new Offer(plan, word.version()));
    }
}
