package dev.wonflow.subscription.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** The catalogue. Comes from the settings and does not change while the service runs. */
@Component
public final class Plans {

    private final Map<String, Plan> byId = new LinkedHashMap<>();

    @Autowired
    Plans(PlanProperties settings) {
        this(settings.plans().stream().map(PlanProperties.Entry::plan).toList());
    }

    /** Lists plans in the order in which they are offered; a catalogue without any sells nothing and is refused. */
    public Plans(List<Plan> plans) {
        if (plans.isEmpty()) {
            throw new IllegalArgumentException("wonflow.plans: empty (expected: at least one plan)");
        }
        for (Plan plan : plans) {
            if (byId.put(plan.id(), plan) != null) {
                throw new IllegalArgumentException("wonflow.plans: two plans " + plan.id() + " (expected: one)");
            }
        }
    }

    public Collection<Plan> all() {
        return List.copyOf(byId.values());
    }

    public Set<String> ids() {
        return Collections.unmodifiableSet(byId.keySet());
    }

    public Optional<Plan> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }
}
