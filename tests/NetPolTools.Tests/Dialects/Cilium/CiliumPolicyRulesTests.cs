using NetPolTools.Diagnostics;
using NetPolTools.Dialects.Cilium;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Dialects.Cilium;

/// <summary>What Cilium rejects, with its reasons, and what it takes and people do not mean.</summary>
public sealed class CiliumPolicyRulesTests
{
    [Theory]
    [InlineData("{endpointSelector: {}}", "spec", "rule must have at least one of Ingress, IngressDeny, Egress, EgressDeny")]
    [InlineData("{endpointSelector: {}, ingress: []}", "spec", "rule must have at least one of")]
    [InlineData("{endpointSelector: {}, enableDefaultDeny: {ingress: true}}", "spec", "rule must have at least one of")]
    [InlineData("{ingress: [{}]}", "spec", "rule must have one of EndpointSelector or NodeSelector")]
    [InlineData("{endpointSelector: {}, nodeSelector: {}, ingress: [{}]}", "spec", "rule cannot have both EndpointSelector and NodeSelector")]
    [InlineData("{nodeSelector: {}, ingress: [{}]}", "spec.nodeSelector", "rule cannot have NodeSelector")]
    [InlineData("{endpointSelector: {}, ingress: [{fromEndpoints: [{}], fromEntities: [world]}]}",
        "spec.ingress[0]", "combining FromEndpoints and FromEntities")]
    [InlineData("{endpointSelector: {}, ingress: [{fromEntities: [internet]}]}", "spec.ingress[0].fromEntities[0]", "unsupported entity: internet")]
    [InlineData("{endpointSelector: {}, ingressDeny: [{fromCIDR: [10.0.0.0]}]}", "spec.ingressDeny[0].fromCIDR[0]", "unable to parse CIDR")]
    [InlineData("{endpointSelector: {}, ingress: [{fromCIDRSet: [{}]}]}",
        "spec.ingress[0].fromCIDRSet[0]", "one of cidr, cidrGroupRef, or cidrGroupSelector is required")]
    [InlineData("{endpointSelector: {}, ingress: [{fromCIDRSet: [{cidr: 10.0.0.0/8, except: [11.0.0.0/8]}]}]}", "spec.ingress[0].fromCIDRSet[0].except[0]",
        "does not contain exclude CIDR prefix")]
    [InlineData("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{protocol: TCP}]}]}]}", "spec.ingress[0].toPorts[0].ports[0]", "port must be specified")]
    [InlineData("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '70000'}]}]}]}",
        "spec.ingress[0].toPorts[0].ports[0].port", "unable to parse port")]
    [InlineData("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '80', protocol: tcp}]}]}]}", "spec.ingress[0].toPorts[0].ports[0].protocol",
        "invalid protocol")]
    [InlineData("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '80', protocol: UDP}], rules: {http: [{}]}}]}]}",
        "spec.ingress[0].toPorts[0].ports[0]", "L7 rules can only apply to TCP")]
    [InlineData("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '0', protocol: TCP}], rules: {http: [{}]}}]}]}",
        "spec.ingress[0].toPorts[0].ports[0].port", "L7 rules can not be used when a port is 0")]
    [InlineData("{endpointSelector: {}, ingress: [{toPorts: [{ports: [{port: '53'}], rules: {dns: [{}]}}]}]}", "spec.ingress[0].toPorts[0].rules.dns",
        "L7 protocol DNS is not supported on ingress yet")]
    [InlineData("{endpointSelector: {}, ingress: [{icmps: [{fields: [{type: 8}]}], toPorts: [{ports: [{port: '80'}]}]}]}", "spec.ingress[0].icmps",
        "the ICMPs block may only be present without ToPorts")]
    [InlineData("{endpointSelector: {}, ingress: [{icmps: [{fields: [{type: 256}]}]}]}", "spec.ingress[0].icmps[0].fields[0].type", "ICMP type 256 not found")]
    [InlineData("{endpointSelector: {}, egress: [{toFQDNs: [{matchName: a.io, matchPattern: '*.io'}]}]}", "spec.egress[0].toFQDNs[0]",
        "only one of MatchName or MatchPattern")]
    [InlineData("{endpointSelector: {matchExpressions: [{key: a, operator: in, values: [b]}]}, egress: [{}]}",
        "spec.endpointSelector.matchExpressions[0].operator", "is not a selector operator")]
    public void A_policy_that_Cilium_rejects_is_an_error_and_no_object(string spec, string path, string message)
    {
        var cluster = Given.Cluster($"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p}}, spec: {spec}}}");
        var error = Assert.Single(cluster.Errors);
        Assert.Equal(path, error.FieldPath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.True(error.Location is { Line: > 0, Column: > 0 });
        Assert.Empty(cluster.Snapshot.PolicyObjects);
    }

    [Fact]
    public void One_rule_of_several_that_is_rejected_rejects_the_whole_object()
    {
        var cluster = Given.Cluster(
            "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p}, specs: [{endpointSelector: {}, ingress: [{}]}, {endpointSelector: "
                + "{}}]}");
        Assert.Equal("specs[1]", Assert.Single(cluster.Errors).FieldPath);
        Assert.Empty(cluster.Snapshot.PolicyObjects);
    }

    [Theory]
    [InlineData("{endpointSelector: {}, ingress: [{}]}", "spec.ingress[0]", "allows nothing, and what no other rule allows is denied")]
    [InlineData("{endpointSelector: {}, ingress: [{fromEndpoints: []}]}", "spec.ingress[0]", "fromEndpoints is empty and so selects nobody")]
    [InlineData("{endpointSelector: {}, egress: [{toFQDNs: [{matchName: a.io}]}]}", "spec.egress[0].toFQDNs", "nothing in this rule leads DNS through it")]
    [InlineData("{endpointSelector: {}, egress: [{toServices: [{k8sService: {serviceName: s}}], toPorts: [{ports: [{port: '80'}]}]}]}",
        "spec.egress[0].toServices", "issue 20067")]
    [InlineData("{endpointSelector: {}, ingress: [{fromEndpoints: [{matchExpressions: [{key: io.kubernetes.pod.namespace, operator: NotIn, values: [a]}]}]}]}",
        "spec.ingress[0].fromEndpoints[0]", "before Cilium 1.19")]
    public void What_people_do_not_mean_is_a_warning_where_it_stands(string spec, string path, string message)
    {
        var cluster = Given.Cluster($"{{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {{name: p}}, spec: {spec}}}");
        var warning = Assert.Single(cluster.Diagnostics);
        Assert.Equal((DiagnosticSeverity.Warning, path), (warning.Severity, warning.FieldPath));
        Assert.Contains(message, warning.Message, StringComparison.Ordinal);
        Assert.IsType<CiliumPolicy>(Assert.Single(cluster.Snapshot.PolicyObjects));
    }

    [Fact]
    public void A_rule_that_leads_DNS_through_the_proxy_needs_no_warning() => Assert.Empty(Given.Cluster(
        "{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p}, spec: {endpointSelector: {}, egress: [{toFQDNs: [{matchName: a.io}]}, "
            + "{toPorts: [{ports: [{port: '53'}], rules: {dns: [{matchPattern: '*'}]}}]}]}}").Diagnostics);
}
