using System.Reflection;
using NetPolTools.Reading;
using NetPolTools.Yaml;

namespace NetPolTools.Module.Tests;

/// <summary>Which project may know of what.</summary>
public sealed class LayeringTests
{
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
                .Concat(type.GetConstructors().SelectMany(static constructor => constructor.GetParameters()).Select(static parameter => parameter.ParameterType))
                .Concat(type.GetFields(Visible).Where(static field => field.IsPublic || field.IsFamily).Select(static field => field.FieldType))
                .Concat(type.GetInterfaces())
                .Append(type.BaseType ?? typeof(object)));
        Assert.DoesNotContain("YamlDotNet", shown.SelectMany(Parts).Select(static type => type.Assembly.GetName().Name));
    }

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
