package dev.wonflow.subscription.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was said about plans, in memory. */
public final class InMemoryPlanVersions implements PlanVersions {

    private final List<PlanVersion> said = new ArrayList<>();

    @Override
    public void lock() {}

    @Override
    public List<PlanVersion> newest() {
        Map<String, PlanVersion> newest = new TreeMap<>();
        said.forEach(version -> newest.put(version.planId(), version));
        return List.copyOf(newest.values());
    }

    @Override
    public Optional<PlanVersion> newest(String planId) {
        return of(planId).stream().findFirst();
    }

    @Override
    public List<PlanVersion> of(String planId) {
        return said.stream()
                .filter(version -> version.planId().equals(planId))
                .toList()
                .reversed();
    }

    @Override
    public Optional<Plan> find(String planId, long version) {
        return said.stream()
                .filter(one -> one.planId().equals(planId) && one.version() == version)
                .flatMap(one -> Optional.ofNullable(one.offer()).stream())
                .findFirst();
    }

    @Override
    public void add(PlanVersion version) {
        said.add(version);
    }
}
