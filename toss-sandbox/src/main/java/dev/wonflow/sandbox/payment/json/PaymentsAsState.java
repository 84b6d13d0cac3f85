package dev.wonflow.sandbox.payment.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.state.json.StateJson;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;

/** Writes the keys of a payment as their client key, and says of what it is paid with what that is. */
@Component
class PaymentsAsState implements StateJson {

    private final Merchants merchants;

    PaymentsAsState(Merchants merchants) {
        this.merchants = merchants;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    private interface Kind {}

    @Override
    public void addTo(JsonMapper.Builder json) {
        json.addModule(new SimpleModule("payments")
                        .addSerializer(KeyPair.class, new WriteKeys())
                        .addDeserializer(KeyPair.class, new ReadKeys()))
                .addMixIn(Instrument.class, Kind.class)
                .registerSubtypes(
                        new NamedType(Instrument.Card.class, "card"),
                        new NamedType(Instrument.VirtualAccount.class, "virtualAccount"),
                        new NamedType(Instrument.Transfer.class, "transfer"),
                        new NamedType(Instrument.MobilePhone.class, "mobilePhone"),
                        new NamedType(Instrument.GiftCertificate.class, "giftCertificate"),
                        new NamedType(Instrument.EasyPay.class, "easyPay"));
    }

    /** The secret key stays out of the file. */
    private static final class WriteKeys extends ValueSerializer<KeyPair> {

        @Override
        public void serialize(KeyPair keys, JsonGenerator json, SerializationContext context) {
            json.writeString(keys.clientKey());
        }
    }

    private final class ReadKeys extends ValueDeserializer<KeyPair> {

        @Override
        public KeyPair deserialize(JsonParser json, DeserializationContext context) {
            String clientKey = json.getString();
            return merchants
                    .withClientKey(clientKey)
                    .orElseThrow(() -> context.weirdStringException(
                            clientKey, KeyPair.class, "payments were opened with keys that are gone"));
        }
    }
}
