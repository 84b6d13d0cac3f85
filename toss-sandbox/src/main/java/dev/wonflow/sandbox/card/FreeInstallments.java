package dev.wonflow.sandbox.card;

import dev.wonflow.sandbox.institution.CardCompany;
import java.util.List;

/**
 * Instalments without interest for the buyer, at the expense of the merchant.
 *
 * @param always whether it is all of them, whatever the plans say
 */
public record FreeInstallments(boolean always, List<Plan> plans) {

    public static final FreeInstallments NONE = new FreeInstallments(false, List.of());
    public static final FreeInstallments ALL = new FreeInstallments(true, List.of());

    public FreeInstallments {
        plans = List.copyOf(plans);
    }

    /** The numbers of months that are free with cards of a company. */
    public record Plan(CardCompany company, List<Integer> months) {

        public Plan {
            months = List.copyOf(months);
        }
    }

    public boolean include(CardCompany company, int months) {
        return always
                || plans.stream()
                        .anyMatch(plan ->
                                plan.company() == company && plan.months().contains(months));
    }
}
