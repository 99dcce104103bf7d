using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;
using NetPolTools.Validation;

namespace NetPolTools.Tests.Validation;

/// <summary>
/// Blocks of addresses in forms that API servers took until 1.35: with a warning for those, an error for new policies from 1.36 on, and always taken where a
/// server has them already.
/// </summary>
public class CidrFormTests
{
    [Theory]
    [InlineData("10.1.2.3/16", DiagnosticId.MaskedHostBits, "10.1.2.3/16 has bits set behind its prefix; it means 10.1.0.0/16.")]
    [InlineData("1.2.3.4/0", DiagnosticId.MaskedHostBits, "it means 0.0.0.0/0.")]
    [InlineData("2001:db8::1/32", DiagnosticId.MaskedHostBits, "it means 2001:db8::/32.")]
    [InlineData("010.0.0.0/8", DiagnosticId.AmbiguousCidr,
        "has leading zeros; Kubernetes reads 10.0.0.0/8, programs that take such numbers for octal read 8.0.0.0/8.")]
    [InlineData("010.008.0.0/16", DiagnosticId.AmbiguousCidr, "Kubernetes reads 10.8.0.0/16, programs that take such numbers for octal refuse it.")]
    [InlineData("10.0.0.0/08", DiagnosticId.AmbiguousCidr, "has leading zeros; it means 10.0.0.0/8.")]
    [InlineData("00.0.0.0/0", DiagnosticId.AmbiguousCidr, "it means 0.0.0.0/0.")]
    [InlineData("::/00", DiagnosticId.AmbiguousCidr, "it means ::/0.")]
    [InlineData("2001:db8::/032", DiagnosticId.AmbiguousCidr, "it means 2001:db8::/32.")]
    [InlineData("::ffff:1.2.3.0/120", DiagnosticId.AmbiguousCidr,
        "has an IPv4 address written as one of IPv6; Kubernetes reads 1.2.3.0/24, other programs addresses of IPv6 that no packet has.")]
    [InlineData("::ffff:0:0/96", DiagnosticId.AmbiguousCidr, "Kubernetes reads 0.0.0.0/0,")]
    [InlineData("::ffff:10.0.0.0/8", DiagnosticId.AmbiguousCidr, "Kubernetes reads ::/8,")]
    public void A_form_that_1_36_refuses_is_an_error_from_there_on_and_a_warning_before(string cidr, DiagnosticId id, string meaning)
    {
        var policy = Given.Policy($"ingress: [{{from: [{{ipBlock: {{cidr: '{cidr}'}}}}]}}]");
        var error = Assert.Single(Cluster.Of(policy).Diagnostics);
        Assert.Equal(
            (DiagnosticSeverity.Error, id, "spec.ingress[0].from[0].ipBlock.cidr"), (error.Severity, error.Id, error.FieldPath));
        Assert.Contains(meaning, error.Message, StringComparison.Ordinal);
        Assert.EndsWith("The API server of Kubernetes 1.36 refuses it in new policies.", error.Message, StringComparison.Ordinal);
        Assert.Empty(Cluster.Of(policy).Snapshot.NetworkPolicies);

        var before = Cluster.Of(policy, version: new KubernetesVersion(1, 35));
        var warning = Assert.Single(before.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, id, error.FieldPath, error.Location), (warning.Severity, warning.Id, warning.FieldPath, warning.Location));
        Assert.Contains(meaning, warning.Message, StringComparison.Ordinal);
        Assert.EndsWith("API servers from Kubernetes 1.36 on refuse it in new policies.", warning.Message, StringComparison.Ordinal);
        Assert.Single(before.Snapshot.NetworkPolicies);
    }

    [Theory]
    [InlineData("uid: 0f6a")]
    [InlineData("resourceVersion: '12'")]
    public void A_policy_that_a_server_has_already_stays_as_it_is(string field)
    {
        var policy = Given.Policy("ingress: [{from: [{ipBlock: {cidr: 10.1.2.3/16}}]}]")
            .Replace("metadata:\n", $"metadata:\n  {field}\n", StringComparison.Ordinal);
        var cluster = Cluster.Of(policy);
        Assert.Equal((DiagnosticSeverity.Warning, DiagnosticId.MaskedHostBits), (Assert.Single(cluster.Diagnostics).Severity, cluster.Diagnostics[0].Id));
        Assert.Single(cluster.Snapshot.NetworkPolicies);
    }

    [Fact]
    public void Each_except_is_looked_at_too() => Marked.Gives(
        DiagnosticSeverity.Error,
        DiagnosticId.MaskedHostBits,
        "spec.egress[0].to[0].ipBlock.except[1]",
        Given.Policy("""
            egress:
            - to:
              - ipBlock:
                  cidr: 2001:db8::/32
                  except:
                  - 2001:db8:1::/48
                  - ▸2001:db8:2::1/48
            """),
        "2001:db8:2::/48");

    [Theory]
    [InlineData("10.0.0.0/8")]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.1/32")]
    [InlineData("::/0")]
    [InlineData("2001:0db8::/32")]
    [InlineData("2001:DB8::/32")]
    [InlineData("::1.2.3.4/128")]
    public void Other_forms_are_taken(string cidr) => Marked.IsAccepted($"ingress: [{{from: [{{ipBlock: {{cidr: '{cidr}'}}}}]}}]");

    [Theory]
    [InlineData("1.36", 1, 36)]
    [InlineData("v1.36.2", 1, 36)]
    [InlineData("v1.31.4-gke.1183000", 1, 31)]
    [InlineData("1.29+", 1, 29)]
    public void A_version_is_read_as_servers_and_people_write_it(string text, int major, int minor)
    {
        Assert.True(KubernetesVersion.TryParse(text, out var version));
        Assert.Equal(new KubernetesVersion(major, minor), version);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("latest")]
    [InlineData("1.x")]
    [InlineData("0.36")]
    [InlineData("-1.36")]
    public void Anything_else_is_no_version(string? text) => Assert.False(KubernetesVersion.TryParse(text, out _));
}
