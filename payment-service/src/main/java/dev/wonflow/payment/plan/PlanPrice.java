package dev.wonflow.payment.plan;

import dev.wonflow.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The newest word about a plan.
 *
 * @param price for one period; none if the plan is not on sale any more
 * @param version counts what was said about the plan
 */
public record PlanPrice(String plan, @Nullable Money price, long version) {}
