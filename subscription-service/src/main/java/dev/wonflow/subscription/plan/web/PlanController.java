package dev.wonflow.subscription.plan.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.money.Money;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.Plans;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows what is on sale. */
@RestController
class PlanController {

    private final Plans plans;

    PlanController(Plans plans) {
        this.plans = plans;
    }

    @AllowedTo("tenant:billing:read")
    @GetMapping("/api/plans")
    PlanList plans() {
        return new PlanList(plans.all().stream().map(PlanView::of).toList());
    }

    record PlanList(List<PlanView> data) {}

    record PlanView(String id, String name, long price, String currency) {

        static PlanView of(Plan plan) {
            return new PlanView(plan.id(), plan.name(), plan.price().won(), Money.CURRENCY);
        }
    }
}
