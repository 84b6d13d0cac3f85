package dev.wonflow.payment.payment.jdbc;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.runtime.TenantId;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.converter.Converter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;

/** How the domain's values are stored. */
@Configuration(proxyBeanMethods = false)
class JdbcConfiguration extends AbstractJdbcConfiguration {

    @Override
    protected List<?> userConverters() {
        return List.of(
                new PaymentIdToUuid(),
                new UuidToPaymentId(),
                new TenantIdToText(),
                new TextToTenantId(),
                new OrderIdToText(),
                new TextToOrderId(),
                new PaymentKeyToText(),
                new TextToPaymentKey(),
                new WebhookSecretToText(),
                new TextToWebhookSecret(),
                new MoneyToWon(),
                new WonToMoney());
    }

    @WritingConverter
    private static final class PaymentIdToUuid implements Converter<PaymentId, UUID> {
        @Override
        public UUID convert(PaymentId source) {
            return source.value();
        }
    }

    @ReadingConverter
    private static final class UuidToPaymentId implements Converter<UUID, PaymentId> {
        @Override
        public PaymentId convert(UUID source) {
            return new PaymentId(source);
        }
    }

    @WritingConverter
    private static final class TenantIdToText implements Converter<TenantId, String> {
        @Override
        public String convert(TenantId source) {
            return source.value();
        }
    }

    @ReadingConverter
    private static final class TextToTenantId implements Converter<String, TenantId> {
        @Override
        public TenantId convert(String source) {
            return new TenantId(source);
        }
    }

    @WritingConverter
    private static final class OrderIdToText implements Converter<OrderId, String> {
        @Override
        public String convert(OrderId source) {
            return source.value();
        }
    }

    @ReadingConverter
    private static final class TextToOrderId implements Converter<String, OrderId> {
        @Override
        public OrderId convert(String source) {
            return new OrderId(source);
        }
    }

    @WritingConverter
    private static final class PaymentKeyToText implements Converter<PaymentKey, String> {
        @Override
        public String convert(PaymentKey source) {
            return source.value();
        }
    }

    @ReadingConverter
    private static final class TextToPaymentKey implements Converter<String, PaymentKey> {
        @Override
        public PaymentKey convert(String source) {
            return new PaymentKey(source);
        }
    }

    @WritingConverter
    private static final class WebhookSecretToText implements Converter<WebhookSecret, String> {
        @Override
        public String convert(WebhookSecret source) {
            return source.value();
        }
    }

    @ReadingConverter
    private static final class TextToWebhookSecret implements Converter<String, WebhookSecret> {
        @Override
        public WebhookSecret convert(String source) {
            return new WebhookSecret(source);
        }
    }

    @WritingConverter
    private static final class MoneyToWon implements Converter<Money, Long> {
        @Override
        public Long convert(Money source) {
            return source.won();
        }
    }

    @ReadingConverter
    private static final class WonToMoney implements Converter<Long, Money> {
        @Override
        public Money convert(Long source) {
            return Money.ofWon(source);
        }
    }
}
