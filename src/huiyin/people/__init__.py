"""Who works here: departments with the functions they hold, staff, delegation on leave,
sign-in and roles by function.
"""
