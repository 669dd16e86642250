package io.porchlight;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

class LocalMachineTest {

    @Test
    void makesTheHomeAbsolute() {
        var machine = machine(new MockEnvironment().withProperty("porchlight.home", "target/here/../there"));
        assertThat(machine.getProperty("porchlight.home"))
                .isEqualTo(Path.of("target/there").toAbsolutePath().toString());
        assertThat(machine(new MockEnvironment()).getProperty("porchlight.home"))
                .isEqualTo(Path.of(".porchlight").toAbsolutePath().toString());
    }

    @Test
    void keepsTheDatabaseInTheHome() {
        var url = machine(new MockEnvironment().withProperty("porchlight.home", "/srv/shop"))
                .getProperty("spring.datasource.url");
        assertThat(url).startsWith("jdbc:h2:synced:/srv/shop/database/porchlight;MODE=PostgreSQL;");
    }

    @Test
    void findsFreePortsAndTellsTheClientAboutThem() {
        var machine = machine(new MockEnvironment());
        var ports = List.of("grpc", "rest", "management", "command", "internal").stream()
                .map(name -> machine.getProperty("porchlight.engine." + name + "-port", Integer.class))
                .toList();
        assertThat(ports).doesNotHaveDuplicates().allMatch(port -> Objects.requireNonNull(port) > 1023);
        assertThat(machine.getProperty("camunda.client.grpc-address")).isEqualTo("http://127.0.0.1:" + ports.get(0));
        assertThat(machine.getProperty("camunda.client.rest-address")).isEqualTo("http://127.0.0.1:" + ports.get(1));
    }

    @Test
    void bringsAMailboxOnlyWhenNoMailHostIsSet() {
        var alone = machine(new MockEnvironment());
        assertThat(alone.getProperty("spring.mail.host")).isEqualTo("127.0.0.1");
        assertThat(alone.getProperty("spring.mail.port", Integer.class)).isPositive();
        assertThat(alone.getProperty("porchlight.mailbox.enabled")).isEqualTo("true");

        var served = machine(new MockEnvironment().withProperty("spring.mail.host", "mail.example"));
        assertThat(served.getProperty("spring.mail.host")).isEqualTo("mail.example");
        assertThat(served.getProperty("spring.mail.port")).isNull();
        assertThat(served.getProperty("porchlight.mailbox.enabled")).isNull();
    }

    @Test
    void bringsAPhoneOnlyWhenNoProviderOfTextsIsSet() {
        assertThat(machine(new MockEnvironment()).getProperty("porchlight.texts.provider"))
                .isEqualTo("local");
        assertThat(machine(new MockEnvironment().withProperty("porchlight.texts.provider", "twilio"))
                        .getProperty("porchlight.texts.provider"))
                .isEqualTo("twilio");
    }

    @Test
    void isReachedFromThisMachineOnly() {
        assertThat(machine(new MockEnvironment()).getProperty("server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void letsEverySettingOfTheUserWin() {
        var machine = machine(new MockEnvironment()
                .withProperty("server.address", "0.0.0.0")
                .withProperty("spring.datasource.url", "jdbc:postgresql://db/shop")
                .withProperty("porchlight.engine.grpc-port", "26500"));
        assertThat(machine.getProperty("server.address")).isEqualTo("0.0.0.0");
        assertThat(machine.getProperty("spring.datasource.url")).isEqualTo("jdbc:postgresql://db/shop");
        assertThat(machine.getProperty("camunda.client.grpc-address")).isEqualTo("http://127.0.0.1:26500");
    }

    @Test
    void leavesARemoteEngineAlone() {
        var machine = machine(new MockEnvironment().withProperty("porchlight.engine.mode", "remote"));
        assertThat(machine.getProperty("server.address")).isNull();
        assertThat(machine.getProperty("spring.datasource.url")).isNull();
        assertThat(machine.getProperty("camunda.client.grpc-address")).isNull();
        assertThat(machine.getProperty("spring.mail.host")).isNull();
    }

    private static MockEnvironment machine(MockEnvironment environment) {
        new LocalMachine().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
