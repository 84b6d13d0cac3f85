package dev.wonflow.subscription.plan.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.money.Money;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.Plans;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
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

    /** Lists the plans on sale. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listPlans")
    @GetMapping("/api/plans")
    PlanList plans() {
        return new PlanList(plans.all().stream().map(PlanView::of).toList());
    }

    record PlanList(List<PlanView> data) {}

    /**
     * A plan.
     *
     * @param price of one period
     */
    record PlanView(
            String id,
            String name,
            @Field(won = true) long price,
            @Field(only = Money.CURRENCY) String currency) {

        static PlanView of(Plan plan) {
            return new PlanView(plan.id(), plan.name(), plan.price().won(), Money.CURRENCY);
        }
    }
}
