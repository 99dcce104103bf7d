using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace NetPolTools.Module.Tests.Support;

/// <summary>Which types of an assembly use which others, method bodies and attributes included. Nested types and closures count as the type around
/// them.</summary>
internal static class TypeUses
{
    /// <summary>Every use once, as (user, used); what is used may be in another assembly.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    public static IReadOnlyCollection<(string User, string Used)> Of(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        var uses = new HashSet<(string User, string Used)>();
        foreach (var type in module.GetTypes())
        {
            var user = Outermost(type);
            foreach (var used in UsedBy(type).SelectMany(Parts).Select(Outermost))
            {
                if (used != user)
                    uses.Add((user, used));
            }
        }

        return uses;
    }

    /// <summary>The namespaces of its types, without those that the compiler makes for itself.</summary>
    /// <param name="assembly">The path of the assembly.</param>
    public static IReadOnlyCollection<string> NamespacesOf(string assembly)
    {
        using var module = ModuleDefinition.ReadModule(assembly);
        return [.. module.Types.Where(static type => !IsGenerated(type)).Select(static type => type.Namespace).Distinct()];
    }

    private static IEnumerable<TypeReference?> UsedBy(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(static implemented => implemented.InterfaceType),
        .. Constraints(type),
        .. Attributes(type),
        .. type.Fields.SelectMany(static field => Attributes(field).Append(field.FieldType)),
        .. type.Properties.SelectMany(static property => Attributes(property).Append(property.PropertyType)),
        .. type.Events.SelectMany(static @event => Attributes(@event).Append(@event.EventType)),
        .. type.Methods.SelectMany(UsedBy),
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodDefinition method) =>
    [
        .. Signature(method),
        .. Constraints(method),
        .. Attributes(method),
        .. Attributes(method.MethodReturnType),
        .. method.Parameters.SelectMany(Attributes),
        .. method.HasBody ? UsedBy(method.Body) : [],
    ];

    private static IEnumerable<TypeReference?> UsedBy(MethodBody body) =>
    [
        .. body.Variables.Select(static variable => variable.VariableType),
        .. body.ExceptionHandlers.Select(static handler => handler.CatchType),
        .. body.Instructions.SelectMany(static instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            FieldReference field => [field.DeclaringType, field.FieldType],
            MethodReference method => Signature(method).Append(method.DeclaringType),
            _ => Enumerable.Empty<TypeReference?>(),
        }),
    ];

    private static IEnumerable<TypeReference?> Signature(MethodReference method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(static parameter => parameter.ParameterType),
        .. (method as GenericInstanceMethod)?.GenericArguments ?? [],
    ];

    private static IEnumerable<TypeReference?> Constraints(IGenericParameterProvider generic) =>
        generic.GenericParameters.SelectMany(static parameter => parameter.Constraints).Select(static constraint => constraint.ConstraintType);

    private static IEnumerable<TypeReference?> Attributes(ICustomAttributeProvider provider) => provider.CustomAttributes.SelectMany(static attribute =>
        attribute.ConstructorArguments.Concat(attribute.Properties.Select(static property => property.Argument))
            .SelectMany(static argument => new[] { argument.Type, argument.Value as TypeReference })
            .Append(attribute.AttributeType));

    /// <summary>The type itself, its type arguments, and what it is an array, pointer or reference of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
        TypeSpecification specification => Parts(specification.ElementType),
        _ => [type],
    };

    private static bool IsGenerated(TypeDefinition type) => type.Name.StartsWith('<')
        || type.CustomAttributes.Any(static attribute => attribute.AttributeType.Name is nameof(CompilerGeneratedAttribute) or "EmbeddedAttribute");

    private static string Outermost(TypeReference type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.FullName;
    }
}
