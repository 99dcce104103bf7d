using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NetPolTools.Module.Tests.Support;

namespace NetPolTools.Module.Tests;

/// <summary>The format file against the types it shows. PowerShell says nothing of a misspelt property: the cell stays empty.</summary>
public sealed class FormatTests
{
    private static readonly Assembly Module = typeof(Commands.NetPolCommand).Assembly;

    /// <summary>Policies that cmdlets make are objects of Core, as those that they read.</summary>
    private static readonly Assembly Core = typeof(Objects.NetworkPolicy).Assembly;

    [Fact]
    public void Every_view_shows_public_types_of_the_module() => Assert.All(Views(), static view => Assert.NotEmpty(TypesOf(view)));

    [Fact]
    public void Every_property_in_a_view_exists() => Assert.All(Views(), static view =>
    {
        var named = view.Descendants("PropertyName").Select(static name => name.Value.Trim())
            .Concat(ScriptsOf(view).SelectMany(static script => Regex.Matches(script, @"\$_\.(?<name>\w+)"))
                .Select(static match => match.Groups["name"].Value));
        foreach (var name in named)
            Assert.All(TypesOf(view), type => Assert.True(type.GetMember(name).Length > 0 || AddedTo(type).Contains(name), $"{type.Name} has no {name}."));
    });

    [Fact]
    public void Every_method_a_view_calls_exists_and_takes_what_the_view_shows()
    {
        var calls = 0;
        foreach (var view in Views())
        {
            foreach (var call in ScriptsOf(view).SelectMany(static script => Regex.Matches(script, @"\[(?<type>NetPolTools[\w.]*)\]::(?<method>\w+)\(\$_\)")))
            {
                calls++;
                var type = Module.GetType(call.Groups["type"].Value);
                Assert.True(type is { IsPublic: true }, call.Value);
                Assert.All(TypesOf(view), shown =>
                {
                    // An object that comes from a job or from Import-Clixml is of no type of ours, and goes through the same view.
                    var method = type.GetMethod(call.Groups["method"].Value, BindingFlags.Public | BindingFlags.Static);
                    Assert.True(method?.ReturnType == typeof(string), call.Value);
                    Assert.Equal("System.Management.Automation.PSObject", Assert.Single(method.GetParameters()).ParameterType.FullName);
                });
            }
        }

        Assert.NotEqual(0, calls);
    }

    [Fact]
    public void Views_of_one_type_are_of_different_shapes() => Assert.Distinct(Views().Select(static view =>
        view.Element("Name")!.Value + view.Elements().Single(static part => part.Name.LocalName.EndsWith("Control", StringComparison.Ordinal)).Name));

    [Fact]
    public void Every_type_that_a_cmdlet_gives_has_a_view()
    {
        var shown = Views().SelectMany(TypesOf).Select(static type => type.FullName!).ToHashSet();
        var given = Cmdlets.All.SelectMany(static cmdlet => cmdlet.OutputTypes)
            .Where(static name => name.StartsWith(nameof(NetPolTools), StringComparison.Ordinal));
        Assert.All(given, name => Assert.Contains(name, shown));
    }

    [Fact]
    public void Every_alias_stands_for_a_property_that_exists() => Assert.All(Repository.Types.Descendants("AliasProperty"), static alias =>
    {
        var name = alias.Ancestors("Type").Single().Element("Name")!.Value;
        var type = Module.GetType(name) ?? Core.GetType(name);
        var meant = alias.Element("ReferencedMemberName")!.Value;
        Assert.True(type?.GetProperty(meant) is not null || AddedTo(type!).Contains(meant), $"{name} has no {meant}.");
    });

    [Fact]
    public void What_a_table_calls_a_column_is_a_property_to_select() =>
        Assert.All(Views().Where(static view => view.Element("TableControl") is not null), static view =>
    {
        foreach (var label in view.Descendants("TableColumnHeader").Select(static header => header.Element("Label")!.Value))
            Assert.All(TypesOf(view), type =>
                Assert.True(type.GetProperty(label) is not null || AddedTo(type).Contains(label), $"{type.Name} has no {label}."));
    });

    [Fact]
    public void Everything_of_ours_that_an_output_object_holds_has_a_view_or_is_a_list_of_texts()
    {
        var shown = Views().SelectMany(TypesOf).ToArray();
        var held = Module.GetTypes().Where(static type => type is { IsPublic: true, Namespace: "NetPolTools.Output" })
            .SelectMany(static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .SelectMany(static property => property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments() : [property.PropertyType])
            .Where(static type => type.FullName?.StartsWith(nameof(NetPolTools), StringComparison.Ordinal) == true
                && !type.IsAssignableTo(typeof(System.Collections.IEnumerable)))
            .Distinct()
            .ToArray();
        Assert.Contains(typeof(Output.NetPolDiagnostic), held);
        Assert.All(held, type => Assert.Contains(shown, of => of.IsAssignableFrom(type)));
    }

    /// <summary>What Export-Csv and ConvertTo-Html write of a list is its text, and what ConvertTo-Json writes of an enum is its number.</summary>
    [Fact]
    public void Lists_of_an_output_object_read_as_text_and_choices_are_words()
    {
        var given = Module.GetTypes().Where(static type => type is { IsPublic: true, Namespace: "NetPolTools.Output", IsAbstract: false }).ToArray();
        Assert.Contains(typeof(Output.NetPolConnection), given);
        Assert.All(given.SelectMany(static type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)), static property =>
        {
            var (type, name) = (property.PropertyType, $"{property.DeclaringType!.Name}.{property.Name}");
            Assert.False((Nullable.GetUnderlyingType(type) ?? type).IsEnum, $"{name} is a number in JSON.");
            if (type == typeof(string) || !type.IsAssignableTo(typeof(System.Collections.IEnumerable)))
                return;
            var text = type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType!;
            Assert.True(text.FullName!.StartsWith(nameof(NetPolTools), StringComparison.Ordinal), $"{name} reads as the name of its type.");
        });
    }

    /// <summary>The properties that the types file adds to a type.</summary>
    private static HashSet<string> AddedTo(Type type) => [.. Repository.Types.Root!.Elements("Type")
        .Where(added => added.Element("Name")!.Value == type.FullName)
        .SelectMany(static added => added.Element("Members")!.Elements())
        .Select(static member => member.Element("Name")!.Value)];

    private static IEnumerable<XElement> Views() => Repository.Format.Descendants("View");

    private static IEnumerable<string> ScriptsOf(XElement view) => view.Descendants("ScriptBlock").Select(static script => script.Value);

    private static List<Type> TypesOf(XElement view) => [.. view.Element("ViewSelectedBy")!.Elements("TypeName").Select(static name =>
    {
        var type = Module.GetType(name.Value.Trim()) ?? Core.GetType(name.Value.Trim());
        Assert.True(type is { IsPublic: true }, $"{name.Value} is no public type of the module or the core.");
        return type;
    })];
}
