using NetPolTools.Diagnostics;
using NetPolTools.Tests.Support;

namespace NetPolTools.Tests.Semantics;

/// <summary>Workloads of other systems, each by the pod template it stands for.</summary>
public class WorkloadKindTests
{
    private static readonly string Legacy = Given.Pod("legacy", "app: legacy");

    [Theory]
    [InlineData("argoproj.io/v1alpha1", "Rollout")]
    [InlineData("apps.openshift.io/v1", "DeploymentConfig")]
    [InlineData("serving.knative.dev/v1", "Service")]
    [InlineData("kubevirt.io/v1", "VirtualMachine")]
    public void Its_pods_have_the_labels_of_its_template(string apiVersion, string kind)
    {
        var cluster = Given.Cluster(
            $$"""{apiVersion: {{apiVersion}}, kind: {{kind}}, metadata: {name: shop}, spec: {template: {metadata: {labels: {app: shop} }, spec: {} } } }""",
            Legacy,
            Given.Policy("podSelector: {matchLabels: {app: legacy}}\ningress: [{from: [{podSelector: {matchLabels: {app: shop}}}], ports: [{port: 8443}]}]"));
        Assert.Empty(cluster.Diagnostics);
        Assert.Equal("TCP 8443", cluster.Ports("shop", "legacy"));
    }

    [Fact]
    public void A_Rollout_that_refers_to_a_Deployment_stands_for_no_pods_itself()
    {
        var cluster = Given.Cluster(
            Given.Workload("Deployment", "shop", "app: shop"),
            "{apiVersion: argoproj.io/v1alpha1, kind: Rollout, metadata: {name: shop-rollout}, spec: {workloadRef: {apiVersion: apps/v1, kind: Deployment, "
                + "name: shop}}}");
        Assert.Equal("shop", Assert.Single(cluster.Snapshot.Workloads).Name);
    }

    [Fact]
    public void A_virtual_machine_and_its_instance_and_pod_are_one_workload()
    {
        var cluster = Given.Cluster(
            "{apiVersion: kubevirt.io/v1, kind: VirtualMachine, metadata: {name: vm}, spec: {template: {metadata: {labels: {app: vm}}, spec: {}}}}",
            "{apiVersion: kubevirt.io/v1, kind: VirtualMachineInstance, metadata: {name: vm, labels: {app: vm}, ownerReferences: [{kind: VirtualMachine, "
                + "name: vm, controller: true}]}}",
            "{apiVersion: v1, kind: Pod, metadata: {name: virt-launcher-vm-x, labels: {app: vm}, ownerReferences: [{kind: VirtualMachineInstance, name: "
                + "vm, controller: true}]}}");
        Assert.Equal(1, cluster.Map.Endpoints.PodCount);
        Assert.Equal("VirtualMachine default/vm", cluster.Map.Endpoints[0].Owner.ToString());
    }

    [Fact]
    public void Ports_of_a_virtual_machine_go_by_their_names()
    {
        var cluster = Given.Cluster(
            """
            apiVersion: kubevirt.io/v1
            kind: VirtualMachine
            metadata: {name: vm}
            spec:
              template:
                metadata: {labels: {app: vm}}
                spec: {domain: {devices: {interfaces: [{name: default, masquerade: {}, ports: [{name: ssh, port: 22}]}]}}}
            """,
            Legacy,
            Given.Policy("podSelector: {matchLabels: {app: vm}}\ningress: [{ports: [{port: ssh}]}]"));
        Assert.Equal("TCP 22", cluster.Ports("legacy", "vm"));
    }

    [Fact]
    public void A_Knative_Service_whose_pods_are_in_the_input_is_those()
    {
        var endpoints = Given.Cluster(
            "{apiVersion: serving.knative.dev/v1, kind: Service, metadata: {name: fn}, spec: {template: {spec: {}}}}",
            Given.Pod("fn-x", "serving.knative.dev/service: fn")).Map.Endpoints;
        Assert.Equal((1, "fn-x"), (endpoints.PodCount, endpoints[0].PodName));
    }

    [Fact]
    public void Objects_of_an_OpenShift_Template_count_with_the_values_of_its_parameters()
    {
        var cluster = Given.Cluster("""
            apiVersion: template.openshift.io/v1
            kind: Template
            metadata: {name: t}
            objects:
            - apiVersion: networking.k8s.io/v1
              kind: NetworkPolicy
              metadata: {name: "${APP}-deny"}
              spec: {podSelector: {matchLabels: {app: "${APP}"}}, ingress: [{ports: [{port: "${{PORT}}"}]}]}
            - apiVersion: v1
              kind: Pod
              metadata: {name: p, labels: {app: shop}}
            parameters:
            - {name: APP, value: shop}
            - {name: PORT, value: "80"}
            """);
        Assert.Equal(DiagnosticId.TemplateParameters, Assert.Single(cluster.Diagnostics).Id);
        Assert.Equal("shop-deny", Assert.Single(cluster.Snapshot.NetworkPolicies).Name);
        Assert.Equal("TCP 80", cluster.Ports("192.0.2.1", "p"));
    }

    [Fact]
    public void A_parameter_without_a_value_leaves_its_object_unreadable()
    {
        var cluster = Given.Cluster("""
            apiVersion: template.openshift.io/v1
            kind: Template
            metadata: {name: t}
            objects:
            - {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: "${NAME}"}, spec: {podSelector: {}}}
            parameters: [{name: NAME, generate: expression, from: "[a-z]{4}"}]
            """);
        Assert.Empty(cluster.Snapshot.NetworkPolicies);
        Assert.Contains(cluster.Errors, static error => error.FieldPath == "metadata.name");
    }
}
