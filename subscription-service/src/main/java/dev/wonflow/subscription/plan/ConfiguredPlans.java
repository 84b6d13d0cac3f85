package dev.wonflow.subscription.plan;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The plans of the settings, with which a catalogue begins. */
@Component
final class ConfiguredPlans {

    private final Map<String, Plan> byId = new LinkedHashMap<>();

    @Autowired
    ConfiguredPlans(PlanProperties settings) {
        this(settings.plans().stream().map(PlanProperties.Entry::plan).toList());
    }

    /** Takes plans in; settings without any sell nothing and are refused. */
    ConfiguredPlans(List<Plan> plans) {
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("wonflow.plans: empty (expected: at least one plan)");
        }
        for (Plan plan : plans) {
            if (byId.put(plan.id(), plan) != null) {
                throw new IllegalArgumentException("wonflow.plans: two plans " + plan.id() + " (expected: one)");
            }
        }
    }

    Collection<Plan> all() {
        return List.copyOf(byId.values());
    }

    Optional<Plan> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
