package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.payment.Payments;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestComponent;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Makes a race of one: callers that have looked up an order's payment, in a transaction, wait for each other before
 * they go on. A race that was only hoped for proves nothing.
 */
@TestComponent
final class Meeting implements BeanPostProcessor {

    private final Map<Object, Place> places = new ConcurrentHashMap<>();

    /** The first {@code callers} that look up the payment of the order meet. */
    Place of(OrderId order, int callers) {
        Place place = new Place(callers);
        places.put(order, place);
        return place;
    }

    /** The first {@code callers} that take hold of the payment meet. */
    Place of(PaymentId payment, int callers) {
        Place place = new Place(callers);
        places.put(payment, place);
        return place;
    }

    /**
     * Two callers of different kinds that look up the payment meet, by whatever id they find it.
     *
     * @param first as below
     */
    Place ofTwo(OrderId order, PaymentId payment, @Nullable String first) {
        return of(order, payment, new Place(2, false, first));
    }

    /**
     * Two callers of different kinds that take hold of the payment meet, by whatever id they find it.
     *
     * @param first who goes on before the other, as {@link Place#order} names it; {@code null} leaves that to them
     */
    Place ofHolders(OrderId order, PaymentId payment, @Nullable String first) {
        return of(order, payment, new Place(2, true, first));
    }

    private Place of(OrderId order, PaymentId payment, Place place) {
        places.put(order, place);
        places.put(payment, place);
        return place;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof Payments payments
                ? Proxy.newProxyInstance(
                        Payments.class.getClassLoader(),
                        new Class<?>[] {Payments.class},
                        (_, method, arguments) -> call(payments, method, arguments))
                : bean;
    }

    private @Nullable Object call(Payments payments, Method method, Object @Nullable [] arguments) throws Throwable {
        Place place = arguments == null ? null : places.get(arguments[0]);
        try {
            if (place == null || !TransactionSynchronizationManager.isActualTransactionActive()) {
                return method.invoke(payments, arguments);
            }
            // Who takes the row waits before it has it, or nobody else would come.
            if (method.getName().startsWith("findAndHold")) {
                place.enter();
                return method.invoke(payments, arguments);
            }
            if (place.holdersOnly) {
                return method.invoke(payments, arguments);
            }
            Object found = method.invoke(payments, arguments);
            place.enter();
            return found;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Where the callers of one order meet. */
    static final class Place {

        private final int callers;
        private final boolean holdersOnly;
        private final @Nullable String first;
        private final CountDownLatch firstIsDone = new CountDownLatch(1);
        private final List<String> met = new CopyOnWriteArrayList<>();
        private final List<String> order = new CopyOnWriteArrayList<>();
        private final AtomicInteger arrived = new AtomicInteger();
        private final CountDownLatch missing;
        private final AtomicInteger losers = new AtomicInteger();

        private Place(int callers) {
            this(callers, false, null);
        }

        private Place(int callers, boolean holdersOnly, @Nullable String first) {
            this.callers = callers;
            this.holdersOnly = holdersOnly;
            this.first = first;
            this.missing = new CountDownLatch(callers);
        }

        private void enter() throws InterruptedException {
            if (arrived.incrementAndGet() > callers) {
                return;
            }
            String caller = caller();
            met.add(caller);
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCompletion(int status) {
                    order.add(caller);
                    if (caller.equals(first)) {
                        firstIsDone.countDown();
                    }
                    if (status == TransactionSynchronization.STATUS_ROLLED_BACK) {
                        losers.incrementAndGet();
                    }
                }
            });
            missing.countDown();
            missing.await(10, TimeUnit.SECONDS);
            if (first != null && !caller.equals(first)) {
                firstIsDone.await(10, TimeUnit.SECONDS);
            }
        }

        /** A request by the end of its path, others by what they work off. */
        private static String caller() {
            if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes request) {
                String path = request.getRequest().getRequestURI();
                return path.substring(path.lastIndexOf('/') + 1);
            }
            return Thread.currentThread()
                    .getName()
                    .replaceFirst("^payment-(service\\.)?", "")
                    .replaceFirst("-\\d+(-C-\\d+)?$", "");
        }

        /** Who has come so far. */
        List<String> met() {
            return List.copyOf(met);
        }

        /** Those who met, in the order in which their transactions ended. */
        List<String> order() {
            return List.copyOf(order);
        }

        /** Fails, as inconclusive, if the callers were not all inside at the same moment. */
        void assertRaced() {
            assertThat(missing.getCount())
                    .as("callers that did not come; without them there was no race")
                    .isZero();
        }

        /** How many of those who met had to give up and start again. */
        int losers() {
            return losers.get();
        }
    }
}
