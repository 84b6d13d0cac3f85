package dev.wonflow.sandbox.sdk;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.state.Kept;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Card companies and easy-pay providers that are out of order until they are well again. All are well at first. */
@Component
public class ProviderHealth implements Kept<ProviderHealth.State> {

    private final Set<String> unhealthy = new TreeSet<>();

    /** Names of what is out of order, in alphabetical order. */
    public record State(List<String> unhealthy) {}

    /** Every name a provider can have here. */
    public static List<String> names() {
        return Stream.<Enum<?>>concat(Stream.of(CardCompany.values()), Stream.of(EasyPayProvider.values()))
                .map(Enum::name)
                .toList();
    }

    /** Puts a provider out of order. */
    public synchronized void fails(String name) {
        unhealthy.add(name);
    }

    /** Makes a provider work again; false if it did before. */
    public synchronized boolean recovers(String name) {
        return unhealthy.remove(name);
    }

    public synchronized List<String> unhealthy() {
        return List.copyOf(unhealthy);
    }

    /**
     * Refuses what goes through a provider that is out of order.
     *
     * @param why the code that says so
     */
    public synchronized void check(@Nullable CardCompany company, @Nullable EasyPayProvider easyPay, TossError why) {
        if ((company != null && unhealthy.contains(company.name()))
                || (easyPay != null && unhealthy.contains(easyPay.name()))) {
            throw new Refused(why);
        }
    }

    @Override
    public String stateName() {
        return "providerHealth";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State state() {
        return new State(unhealthy());
    }

    @Override
    public synchronized void restore(State state) {
        unhealthy.clear();
        unhealthy.addAll(state.unhealthy());
    }
}
