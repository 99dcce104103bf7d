using System.Collections;
using System.Management.Automation;

namespace NetPolTools.Commands;

/// <summary>
/// Takes only what a cmdlet of the module gave. PowerShell would make one of any hashtable: of @{} a rule without peers, which lets everyone in.
/// </summary>
/// <param name="type">What is taken.</param>
/// <param name="maker">The cmdlet that makes it.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OwnObjectsAttribute(Type type, string maker) : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        foreach (var item in Items(inputData))
        {
            var plain = item.Unwrapped();
            if (!type.IsInstanceOfType(plain))
                throw new ArgumentTransformationMetadataException($"Found {plain?.GetType().Name ?? "null"}, expected what {maker} gives.");
        }

        return inputData;
    }

    private static IEnumerable Items(object? input) => input.Unwrapped() switch
    {
        IEnumerable list and not (string or IDictionary) => list,
        null => Array.Empty<object>(),
        var one => new[] { one },
    };
}
