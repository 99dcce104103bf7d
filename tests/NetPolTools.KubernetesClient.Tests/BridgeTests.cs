using System.Reflection;
using NetPolTools.Live;

namespace NetPolTools.KubernetesClient.Tests;

/// <summary>What the module relies on when it loads this by name.</summary>
public sealed class BridgeTests
{
    [Fact]
    public void The_bridge_shows_a_reader_and_nothing_of_its_package()
    {
        var reader = Assert.Single(typeof(ClientReader).Assembly.GetExportedTypes());
        Assert.Equal("NetPolTools.KubernetesClient.ClientReader", reader.FullName);
        var parameter = Assert.Single(Assert.Single(reader.GetConstructors()).GetParameters());
        Assert.Equal(typeof(ClusterConnection), parameter.ParameterType);
        var shown = reader.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .SelectMany(static method => method.GetParameters().Select(static given => given.ParameterType).Append(method.ReturnType))
            .Concat(reader.GetInterfaces());
        Assert.All(shown, static type => Assert.Contains(type.Assembly, new[] { typeof(IClusterReader).Assembly, typeof(object).Assembly }));
    }
}
