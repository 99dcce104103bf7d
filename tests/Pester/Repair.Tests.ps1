BeforeAll {
    . (Join-Path $PSScriptRoot 'Support.ps1')
    $threeTier = Join-Path $manifests 'three-tier'
    $question = @{ From = 'shop/web'; To = 'shop/db'; Port = '3306/TCP' }
}

Describe 'Get-NetPolRepair' {
    It 'gives repairs, the one that changes least first' {
        $repairs = Get-NetPolRepair $threeTier @question
        $repairs.Order | Should -Be (1..$repairs.Count) -Because 'an array has no property of that name, which would be taken instead of the members'
        $repairs[0].Kinds | Should -Be 'AddPeer'
        $repairs[0].Effect | Should -Be 'changes nothing else'
        $repairs[-1].OpensBesides | Should -Contain 'shop/web[Deployment] -> shop/api[Deployment]: TCP 3306'
    }

    It 'takes snapshots, and its YAML does what it says' {
        $snapshot = Get-NetPolSnapshot $threeTier
        $repair = $snapshot | Get-NetPolRepair @question -First 1
        $repair | Should -HaveCount 1
        $after = Edit-NetPolSnapshot $snapshot -Apply $repair.Yaml
        Test-NetPolReachability $after -From shop/web -To shop/db -Port 3306/TCP | Should -BeTrue
        @(Compare-NetPolReachability $snapshot $after) | Should -HaveCount 1
    }

    It 'stops a connection' {
        (Get-NetPolRepair $threeTier -From shop/api -To shop/db -Deny -First 1).Steps | Should -BeLike '*Remove spec.ingress?0?.'
    }

    It 'mends the file under ShouldProcess' {
        Copy-Item $threeTier (Join-Path $TestDrive 'a b') -Recurse
        $folder = Join-Path $TestDrive 'a b'
        $file = Join-Path $folder 'policies.yaml'
        $before = Get-Content $file -Raw
        Get-NetPolRepair $folder @question -Fix -WhatIf -First 1 | ForEach-Object IsFixed | Should -BeFalse
        Get-Content $file -Raw | Should -BeExactly $before
        (Get-NetPolRepair $folder @question -Fix -First 1).IsFixed | Should -BeTrue
        Test-NetPolReachability $folder -From shop/web -To shop/db -Port 3306/TCP | Should -BeTrue
        (Compare-Object ($before -split '\n') ((Get-Content $file -Raw) -split '\n')).SideIndicator | Should -Be '=>'
        Get-NetPolRepair $folder @question | Should -BeNullOrEmpty
    }

    It 'puts a new policy into a file of its own under ShouldProcess' {
        $folder = (New-Item (Join-Path $TestDrive 'new policy') -ItemType Directory).FullName
        Set-Content (Join-Path $folder 'input.yaml') @'
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
---
apiVersion: v1
kind: Pod
metadata: { name: db, namespace: shop, labels: { app: db } }
---
apiVersion: v1
kind: Pod
metadata: { name: spare, namespace: shop, labels: { app: spare } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny, namespace: shop }
spec: { podSelector: {}, policyTypes: [Ingress] }
'@
        $asked = @{ From = 'shop/web'; To = 'shop/db'; Port = '80' }
        $first = Get-NetPolRepair $folder @asked -First 1
        $first.Kinds | Should -Be 'AddPolicy'
        (Get-NetPolRepair $folder @asked -First 1 -Fix -WhatIf).IsFixed | Should -BeFalse
        Get-ChildItem $folder | Should -HaveCount 1
        (Get-NetPolRepair $folder @asked -First 1 -Fix).IsFixed | Should -BeTrue
        Get-ChildItem $folder | Should -HaveCount 2
        Get-NetPolRepair $folder @asked | Should -BeNullOrEmpty
    }

    It 'ends with an error where the question is none' {
        { Get-NetPolRepair $threeTier -From shop/web -To shop/db } | Should -Throw -ErrorId 'InvalidValue,*'
        Get-NetPolRepair $threeTier -From shop/nobody -To shop/db -Port 80 -ErrorAction SilentlyContinue -ErrorVariable told | Should -BeNullOrEmpty
        $told[0].FullyQualifiedErrorId | Should -BeLike 'NoMatch,*'
    }
}
