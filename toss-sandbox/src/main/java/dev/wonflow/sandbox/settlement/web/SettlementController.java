package dev.wonflow.sandbox.settlement.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.settlement.FindSettlements;
import dev.wonflow.sandbox.settlement.RequestSettlement;
import dev.wonflow.sandbox.settlement.Settlement;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Lists settlements (정산 조회), and takes requests for manual ones (수동 정산 요청). */
@RestController
@RequestMapping("/v1/settlements")
class SettlementController {

    private static final int USUAL_SIZE = 100;
    private static final int LARGEST_SIZE = 5_000;

    private final FindSettlements findSettlements;
    private final RequestSettlement requestSettlement;
    private final SettlementJson settlementJson;
    private final JsonMapper json;

    SettlementController(
            FindSettlements findSettlements,
            RequestSettlement requestSettlement,
            SettlementJson settlementJson,
            JsonMapper json) {
        this.findSettlements = findSettlements;
        this.requestSettlement = requestSettlement;
        this.settlementJson = settlementJson;
        this.json = json;
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String startDate,
            @RequestParam(required = false) @Nullable String endDate,
            @RequestParam(defaultValue = "soldDate") String dateType,
            @RequestParam(required = false) @Nullable String page,
            @RequestParam(required = false) @Nullable String size,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        LocalDate from = date(startDate);
        LocalDate to = date(endDate);
        if (from.isAfter(to)) {
            throw new Refused(TossError.INVALID_DATE);
        }
        FindSettlements.DateType type = switch (dateType) {
            case "soldDate" -> FindSettlements.DateType.SOLD;
            case "paidOutDate" -> FindSettlements.DateType.PAID_OUT;
            default -> throw new Refused(TossError.INVALID_REQUEST);
        };
        List<Settlement> found = findSettlements.find(
                exchange.keys().merchant().mId(),
                type,
                from,
                to,
                number(page, 1, 1, Integer.MAX_VALUE),
                number(size, USUAL_SIZE, 1, LARGEST_SIZE));
        return answer(settlementJson.write(found, exchange.language()));
    }

    @PostMapping
    ResponseEntity<byte[]> request(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        String paymentKey = JsonBody.of(request, json).text("paymentKey");
        exchange.isAbout(null, paymentKey);
        requestSettlement.request(exchange.keys().merchant(), paymentKey);
        exchange.hadEffect();
        return answer(json.writeValueAsBytes(Map.of("result", true)));
    }

    private static ResponseEntity<byte[]> answer(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    private static LocalDate date(@Nullable String text) {
        if (text == null) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        try {
            LocalDate date = LocalDate.parse(text);
            // Nothing was sold in such years, and counting business days from them would never end.
            if (date.getYear() < 2000 || date.getYear() > 9999) {
                throw new Refused(TossError.INVALID_DATE);
            }
            return date;
        } catch (DateTimeParseException _) {
            throw new Refused(TossError.INVALID_DATE);
        }
    }

    private static int number(@Nullable String text, int usual, int smallest, int largest) {
        if (text == null) {
            return usual;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= smallest && number <= largest) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Refused as any other number out of its range.
        }
        throw new Refused(TossError.INVALID_REQUEST);
    }
}
