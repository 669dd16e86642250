package io.porchlight.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierLinksTest {

    private final CarrierLinks links = new CarrierLinks(new FulfillmentSettings(List.of("dhl.com")));

    @ParameterizedTest
    @ValueSource(strings = {"https://dhl.com/x", "http://www.dhl.com/track?id=JD01", "HTTPS://WWW.DHL.COM/x"})
    void leadsToCarriersThatAreKnown(String address) {
        assertThat(links.known(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dhl.com/x",
                "//dhl.com/x",
                "javascript:alert(1)//dhl.com",
                "data:text/html,dhl.com",
                "ftp://dhl.com/x",
                "https://evil.example/dhl.com",
                "https://dhl.com.evil.example/",
                "https://notdhl.com/",
                "https://dhl.com@evil.example/",
                "https://user@dhl.com/",
                "https://www.dhl.com\\@evil.example",
                "https://dhl.com/\r\nSet-Cookie: x=1"
            })
    void leadsNowhereElse(String address) {
        assertThat(links.known(address)).isEmpty();
    }
}
