package dev.wonflow.subscription.subscription.jdbc;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.BillingDay;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;

/** Value types as columns. */
@Configuration(proxyBeanMethods = false)
class SubscriptionConverters extends AbstractJdbcConfiguration {

    @Override
    protected List<?> userConverters() {
        return List.of(
                IdToUuid.INSTANCE,
                UuidToId.INSTANCE,
                TenantIdToText.INSTANCE,
                TextToTenantId.INSTANCE,
                BillingDayToInteger.INSTANCE,
                IntegerToBillingDay.INSTANCE);
    }

    @WritingConverter
    private enum IdToUuid implements Converter<SubscriptionId, UUID> {
        INSTANCE;

        @Override
        public UUID convert(SubscriptionId id) {
            return id.value();
        }
    }

    @ReadingConverter
    private enum UuidToId implements Converter<UUID, SubscriptionId> {
        INSTANCE;

        @Override
        public SubscriptionId convert(UUID value) {
            return new SubscriptionId(value);
        }
    }

    @WritingConverter
    private enum TenantIdToText implements Converter<TenantId, String> {
        INSTANCE;

        @Override
        public String convert(TenantId tenant) {
            return tenant.value();
        }
    }

    @ReadingConverter
    private enum TextToTenantId implements Converter<String, TenantId> {
        INSTANCE;

        @Override
        public TenantId convert(String text) {
            return new TenantId(text);
        }
    }

    @WritingConverter
    private enum BillingDayToInteger implements Converter<BillingDay, Integer> {
        INSTANCE;

        @Override
        public Integer convert(BillingDay billingDay) {
            return billingDay.day();
        }
    }

    @ReadingConverter
    private enum IntegerToBillingDay implements Converter<Integer, BillingDay> {
        INSTANCE;

        @Override
        public BillingDay convert(Integer day) {
            return new BillingDay(day);
        }
    }
}
