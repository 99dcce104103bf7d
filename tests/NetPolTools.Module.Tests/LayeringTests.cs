using System.Reflection;
using NetPolTools.Module.Tests.Support;
using NetPolTools.Reading;
using NetPolTools.Yaml;

namespace NetPolTools.Module.Tests;

/// <summary>Which project may know of what, and inside a project which namespace.</summary>
public sealed class LayeringTests
{
    /// <summary>Lowest first. A namespace uses those above it in this list, and none beside or below it.</summary>
    private static readonly Layers Core = new("NetPolTools",
    [
        ["Text"],
        ["Sets", "Sources"],
        ["Objects"],
        ["Diagnostics"],
        ["Validation", "Cni.Catalogue"],
        ["Reading"],
        ["Reading.Kinds"],
        ["Snapshot", "Writing"],
        ["Policies"],
        ["Dialects.*"], // One for each API of policies; none uses another.
        ["Dialects"],
        ["Reachability"],
        ["Services"],
        ["Cni", "Listing", "Live", "Saving"],
        ["Explaining", "Isolation", "Difference", "Editing"],
        ["Summaries", "Paths", "Causes", "Intents", "Picturing", "Exposure", "Authoring.Selecting"],
        ["Authoring"],
        ["Authoring.ClusterPolicies", "Authoring.VendorPolicies"],
        ["Authoring.Inference", "Authoring.Denying"],
        ["Authoring.Flows"],
        ["SeenTraffic"],
        ["Linting"],
        ["Linting.Rules", "Repairing"],
        ["Linting.Suppressing", "Linting.Settings"],
        ["Asking"],
        ["Reports"],
    ]);

    private static readonly Layers Module = new("NetPolTools",
    [
        [""],
        ["Output"],
        ["Input"],
        ["Completion"],
        ["Commands"],
    ]);

    private static readonly Layers Yaml = new("NetPolTools.Yaml",
    [
        ["Text"],
        ["Scanning", "Scalars"],
        ["Events"],
        [""],
    ]);

    public static TheoryData<string> Layered => ["Core", "Module", "Yaml"];

    [Theory]
    [MemberData(nameof(Layered))]
    public void Every_namespace_has_its_layer(string assembly)
    {
        var (layers, path) = Find(assembly);
        var namespaces = TypeUses.NamespacesOf(path);
        Assert.Empty(layers.Unlisted(namespaces));
        Assert.Empty(layers.Gone(namespaces));
    }

    [Theory]
    [MemberData(nameof(Layered))]
    public void A_namespace_uses_only_the_layers_below_it(string assembly)
    {
        var (layers, path) = Find(assembly);
        var broken = string.Join(Environment.NewLine, layers.Broken(TypeUses.Of(path)));
        Assert.True(broken.Length == 0, broken);
    }

    [Fact]
    public void The_map_of_the_house_shows_the_same_layers()
    {
        var page = Repository.Map;
        const string Begin = "```layers\n";
        var start = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        Assert.Equal(page[start..page.IndexOf("\n```", start, StringComparison.Ordinal)], Core.ToString());
    }

    [Fact]
    public void What_breaks_a_layer_is_named_with_both_types() => Assert.Equal(
        [
            "Dialects.Calico.Translator → Dialects.Cilium.Rule: Dialects.Calico is layer 10, Dialects.Cilium 10",
            "Objects.NetworkPolicy → Reading.FieldReader: Objects is layer 3, Reading 6",
        ],
        Core.Broken(
        [
            ("NetPolTools.Objects.NetworkPolicy", "NetPolTools.Reading.FieldReader"),
            ("NetPolTools.Dialects.Calico.Translator", "NetPolTools.Dialects.Cilium.Rule"),
            ("NetPolTools.Dialects.Calico.Translator", "NetPolTools.Policies.TieredPolicy"),
            ("NetPolTools.Reading.FieldReader", "NetPolTools.Objects.NetworkPolicy"),
            ("NetPolTools.Objects.NetworkPolicy", "System.String"),
        ]));

    [Fact]
    public void Uses_are_found_in_method_bodies_and_closures()
    {
        var uses = TypeUses.Of(typeof(LayeringTests).Assembly.Location);
        Assert.Contains((typeof(LayeringTests).FullName!, typeof(ManifestReader).FullName!), uses);
        Assert.Contains((typeof(LayeringTests).FullName!, typeof(Layers).FullName!), uses);
        Assert.DoesNotContain(uses, static use => use.User.Contains('/', StringComparison.Ordinal));
    }

    [Fact]
    public void The_core_needs_nothing_but_the_base_class_library()
    {
        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(References(typeof(ManifestReader)), name => Assert.True(File.Exists(Path.Combine(framework, name + ".dll")), name));
    }

    [Fact]
    public void The_module_knows_of_no_YAML_library() =>
        Assert.DoesNotContain("YamlDotNet", References(typeof(Commands.NetPolCommand)));

    [Fact]
    public void The_bridge_knows_of_no_PowerShell() => Assert.DoesNotContain("System.Management.Automation", References(typeof(YamlTokenReader)));

    [Fact]
    public void The_bridge_shows_nothing_of_its_YAML_library()
    {
        const BindingFlags Visible = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var shown = typeof(YamlTokenReader).Assembly.GetExportedTypes().SelectMany(static type =>
            type.GetMethods(Visible).Where(static method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly)
                .SelectMany(static method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(method.ReturnType))
                .Concat(type.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
                    .Select(static parameter => parameter.ParameterType))
                .Concat(type.GetFields(Visible).Where(static field => field.IsPublic || field.IsFamily).Select(static field => field.FieldType))
                .Concat(type.GetInterfaces())
                .Append(type.BaseType ?? typeof(object)));
        Assert.DoesNotContain("YamlDotNet", shown.SelectMany(Parts).Select(static type => type.Assembly.GetName().Name));
    }

    private static (Layers Layers, string Path) Find(string assembly) => assembly switch
    {
        "Core" => (Core, typeof(ManifestReader).Assembly.Location),
        "Module" => (Module, typeof(Commands.NetPolCommand).Assembly.Location),
        _ => (Yaml, typeof(YamlTokenReader).Assembly.Location),
    };

    private static string[] References(Type type) => [.. type.Assembly.GetReferencedAssemblies().Select(static name => name.Name!)];

    /// <summary>The type, what it is a list of, and its type arguments.</summary>
    private static IEnumerable<Type> Parts(Type type)
    {
        yield return type;
        if (type.GetElementType() is { } element)
        {
            foreach (var part in Parts(element))
                yield return part;
        }

        foreach (var part in type.GetGenericArguments().SelectMany(Parts))
            yield return part;
    }
}
