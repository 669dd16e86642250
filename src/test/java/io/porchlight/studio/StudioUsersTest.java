package io.porchlight.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Who may come into the studio. */
class StudioUsersTest {

    private static final BCryptPasswordEncoder BCRYPT = new BCryptPasswordEncoder(4);

    private final MockEnvironment local = new MockEnvironment().withProperty("server.address", "127.0.0.1");
    private final MockEnvironment remote = new MockEnvironment().withProperty("porchlight.engine.mode", "remote");

    @Test
    void oneUserIsThereOnADevelopersMachine() {
        var users = users(local, Map.of(), "localhost");
        assertThat(users.localUser()).contains(StudioUsers.LOCAL);
        assertThat(users.loadUserByUsername("porchlight").getPassword()).isEqualTo("{noop}porchlight");
        assertThat(users.none()).isFalse();
    }

    @Test
    void nobodyGetsInByThatUserFromElsewhere() {
        var tunnel = users(local, Map.of(), "shoes.ngrok.example");
        assertThat(tunnel.localUser()).isEmpty();
        assertThat(tunnel.none()).isTrue();
        assertThatThrownBy(() -> tunnel.loadUserByUsername("porchlight")).isInstanceOf(UsernameNotFoundException.class);

        var open = new MockEnvironment().withProperty("server.address", "0.0.0.0");
        assertThat(users(open, Map.of(), "localhost").localUser()).isEmpty();
        assertThat(users(new MockEnvironment(), Map.of(), "localhost").localUser())
                .isEmpty();
        assertThat(users(remote, Map.of(), "localhost").localUser()).isEmpty();
    }

    @Test
    void whoeverIsConfiguredTakesThatUsersPlace() {
        var users = users(local, Map.of("anna", "{bcrypt}" + BCRYPT.encode("secret")), "localhost");
        assertThat(users.localUser()).isEmpty();
        assertThatThrownBy(() -> users.loadUserByUsername("porchlight")).isInstanceOf(UsernameNotFoundException.class);
        assertThat(users.loadUserByUsername("anna").getUsername()).isEqualTo("anna");
    }

    @Test
    void productionRefusesAPasswordThatEverybodyKnowsOrCanRead() {
        assertThatThrownBy(
                        () -> users(remote, Map.of("anna", "{bcrypt}" + BCRYPT.encode("porchlight")), "shoes.example"))
                .hasMessageContaining("porchlight.studio.users.anna.password")
                .hasMessageContaining("everybody knows");
        assertThatThrownBy(() -> users(remote, Map.of("anna", "{noop}secret"), "shoes.example"))
                .hasMessageContaining("must be a hash");
        assertThatThrownBy(() -> users(remote, Map.of("anna", "secret"), "shoes.example"))
                .hasMessageContaining("htpasswd");
        assertThatThrownBy(() -> users(remote, Map.of("anna", "{rot13}frperg"), "shoes.example"))
                .hasMessageContaining("porchlight.studio.users.anna.password");
        assertThat(users(remote, Map.of("anna", "{bcrypt}" + BCRYPT.encode("secret")), "shoes.example")
                        .none())
                .isFalse();
    }

    private static StudioUsers users(MockEnvironment environment, Map<String, String> passwords, String host) {
        var request = new MockHttpServletRequest();
        request.setServerName(host);
        var beans = new StaticListableBeanFactory(Map.of("request", request));
        var settings = new StudioSettings(
                passwords.entrySet().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                Map.Entry::getKey, user -> new StudioSettings.User(user.getValue()))),
                null);
        return new StudioUsers(settings, environment, beans.getBeanProvider(HttpServletRequest.class));
    }
}
